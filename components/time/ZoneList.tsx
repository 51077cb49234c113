"use client";
import { Select, type SelectProps, Text } from "@mantine/core";
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

/** All time zones, found by typing. It takes the place of what opened it: it has the focus, and is open. */
export function ZoneList({ value, onChange, typed, labelOf = itself, ...field }: Props) {
  const words = useTranslations("account");
  const language = useLocale();
  const present = value === null ? "" : labelOf(value);
  const [search, setSearch] = useState(typed);
  const [isOpen, setOpen] = useState(false);
  const ids = useMemo(() => zones(value), [value]);
  const { find, placesOf } = useMemo(() => zoneSearch(ids, language), [ids, language]);
  // The kit begins with the present choice, also where something was typed.
  useEffect(() => {
    if (typed) setSearch(typed);
  }, [typed]);

  const isSearching = search !== present && search.trim() !== "";
  const hasChosen = useRef(false);
  // The first is the best: Enter takes it, and so does going on to the next field. The kit takes what is marked, but
  // marks nothing while the list is still opening.
  const takeBest = () => {
    const [best] = find(search);
    if (best === undefined) return;
    onChange(best);
    setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") setSearch(present);
    // What was typed answers the list and not the form, which would be sent with the zone before.
    if (event.key !== "Enter" || search === present || event.isDefaultPrevented()) return;
    event.preventDefault();
    if (isSearching) takeBest();
  };
  const leave = () => {
    if (isSearching && !hasChosen.current) takeBest();
    hasChosen.current = false;
  };
  return (
    <Select
      data={ids.map((id) => ({ value: id, label: labelOf(id) }))}
      // The kit asks for all of them with an empty search, while what stands there is the present choice.
      filter={({ search: wanted }) => find(wanted).map((id) => ({ value: id, label: labelOf(id) }))}
      renderOption={({ option }) => (
        <div>
          {option.label}
          <Text size="xs" opacity={0.9} lineClamp={1}>
            {placesOf(option.value)}
          </Text>
        </div>
      )}
      {...field}
      value={value}
      onChange={onChange}
      onOptionSubmit={() => {
        hasChosen.current = true;
      }}
      searchable
      searchValue={search}
      onSearchChange={(text) => {
        hasChosen.current = false;
        setSearch(text);
      }}
      dropdownOpened={isOpen}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      // Around the input, so that the kit's own keys come first.
      wrapperProps={{ onKeyDown: press }}
      onBlur={leave}
      selectFirstOptionOnChange={isSearching}
      autoSelectOnBlur={isSearching}
      allowDeselect={false}
      nothingFoundMessage={words("noZone")}
      // The focus opens the list, at the present zone.
      autoFocus
      autoComplete="off"
      // What is there is selected, so that typing replaces it.
      onFocus={(event) => (typed ? undefined : event.currentTarget.select())}
    />
  );
}
