"use client";
import { Group, Select, type SelectProps, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { zoneSearch } from "./zoneSearch.ts";
import { zones } from "./zones.ts";

interface Props extends Omit<SelectProps, "data" | "onChange"> {
  value: string | null;
  onChange: (zone: string | null) => void;
  /** What was typed before the list was there. */
  typed: string;
  /** How a zone is shown; left out: by its identifier. */
  labelOf?: (id: string) => string;
}

const itself = (id: string) => id;
const listed = new Set(zones(null));

/**
 * All time zones, found by typing. It takes the place of what opened it: it has the focus, and is open. Enter and Tab take
 * what is marked, which is the best at first. Whoever leaves otherwise keeps the zone that was there, unless what they
 * typed means one beyond doubt.
 */
export function ZoneList({ value, onChange, typed, labelOf = itself, ...field }: Props) {
  const words = useTranslations("account");
  const placeWords = useTranslations("places");
  const language = useLocale();
  const present = value === null ? "" : labelOf(value);
  const [search, setSearch] = useState(typed);
  const [isOpen, setOpen] = useState(false);
  const extra = value !== null && listed.has(value) ? null : value;
  const ids = useMemo(() => zones(extra), [extra]);
  const { find, placesOf } = useMemo(
    () => zoneSearch(ids, language, placeWords),
    [ids, language, placeWords],
  );
  const optionsOf = (of: string[]) => of.map((id) => ({ value: id, label: labelOf(id) }));
  // The kit begins with the present choice, also where something was typed.
  useEffect(() => {
    if (typed) setSearch(typed);
  }, [typed]);

  // The new zone may take a while to come back as the value.
  const hasChosen = useRef(false);
  const isSearching = () => !hasChosen.current && search !== present && search.trim() !== "";
  const chosen = (id: string) => {
    hasChosen.current = true;
    setSearch(labelOf(id));
  };
  const take = (id: string | undefined) => {
    if (id === undefined) return;
    chosen(id);
    setOpen(false);
    if (id !== value) onChange(id);
  };
  const takeMarked = (input: EventTarget) => {
    const marked = isOpen ? markedIn(input) : null;
    if (marked) marked.click();
    else if (isSearching()) take(find(search).ids[0]);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing || event.isDefaultPrevented()) return;
    if (event.key === "Escape") setSearch(present);
    // What was typed answers the list and not the form, which would be sent with the zone before.
    if (event.key === "Enter" && search !== present) event.preventDefault();
    if (event.key === "Enter" || event.key === "Tab") takeMarked(event.target);
  };
  const selectPresent = (event: { currentTarget: HTMLInputElement }) => {
    if (search === present) event.currentTarget.select();
  };
  const leave = () => {
    const { ids: found, isSure } = find(search);
    // The window was left, and not the field.
    if (isSearching() && isSure && document.hasFocus()) take(found[0]);
  };
  return (
    <Select
      data={optionsOf(ids)}
      // The kit asks for all of them with an empty search, while what stands there is the present choice.
      filter={({ search: wanted }) => optionsOf(find(wanted).ids)}
      renderOption={({ option, checked }) => (
        <Group justify="space-between" wrap="nowrap" gap="xs" w="100%">
          <div>
            {option.label}
            <Text size="xs" opacity={0.9} lineClamp={1}>
              {placesOf(option.value)}
            </Text>
          </div>
          {checked ? <IconCheck size={16} aria-hidden /> : null}
        </Group>
      )}
      {...field}
      value={value}
      onChange={onChange}
      onOptionSubmit={chosen}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      onInput={() => {
        hasChosen.current = false;
      }}
      dropdownOpened={isOpen}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      // Around the input, so that the kit's own keys come first.
      wrapperProps={{ onKeyDown: press }}
      onBlur={leave}
      selectFirstOptionOnChange={isOpen && search !== present && search.trim() !== ""}
      allowDeselect={false}
      nothingFoundMessage={words("noZone")}
      // The focus opens the list, at the present zone.
      autoFocus
      autoComplete="off"
      // What is there is selected, so that typing replaces it. A click puts the cursor somewhere after the focus has come.
      onClick={selectPresent}
      onFocus={selectPresent}
    />
  );
}

/** The option that the keys or the search have marked, of the list that belongs to the field. */
function markedIn(field: EventTarget): HTMLElement | null {
  const list = field instanceof HTMLInputElement && field.getAttribute("aria-controls");
  const marked = list && document.getElementById(list)?.querySelector("[data-combobox-selected]");
  return marked instanceof HTMLElement ? marked : null;
}
