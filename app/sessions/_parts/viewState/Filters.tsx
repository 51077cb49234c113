"use client";
import { Button, NativeSelect } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "#app/sessions/_parts/Sessions.module.css";
import { useViewState } from "./useViewState.ts";
import { isFiltered, oneOf, providers, stateFilters } from "./viewState.ts";

const ANY = "any";

/** Filters by provider and by state. Both are kept in the address. */
export function Filters() {
  const words = useTranslations("sessions.filter");
  const names = useTranslations("providers");
  const { viewState, go } = useViewState();
  return (
    <fieldset className={classes.filters} aria-label={words("label")}>
      <NativeSelect
        aria-label={words("provider")}
        size="xs"
        w={150}
        data={[
          { value: ANY, label: words("anyProvider") },
          ...providers.map((id) => ({ value: id, label: names(id) })),
        ]}
        value={viewState.provider ?? ANY}
        onChange={({ currentTarget }) => go({ provider: oneOf(providers, currentTarget.value) })}
      />
      <NativeSelect
        aria-label={words("state")}
        size="xs"
        w={180}
        data={[
          { value: ANY, label: words("anyState") },
          ...stateFilters.map((state) => ({ value: state, label: words(`states.${state}`) })),
        ]}
        value={viewState.state ?? ANY}
        onChange={({ currentTarget }) => go({ state: oneOf(stateFilters, currentTarget.value) })}
      />
      {isFiltered(viewState) ? (
        <Button size="xs" variant="subtle" onClick={() => go({ provider: null, state: null })}>
          {words("clear")}
        </Button>
      ) : null}
    </fieldset>
  );
}
