"use client";
import { Button, NativeSelect } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "#app/sessions/_parts/Sessions.module.css";
import { useLook } from "./useViewState.ts";
import { isFiltered, lookStates, oneOf, providers } from "./viewState.ts";

const ANY = "any";

/** By provider and by state; both stand in the address. */
export function Filters() {
  const words = useTranslations("sessions.filter");
  const names = useTranslations("providers");
  const { look, go } = useLook();
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
        value={look.provider ?? ANY}
        onChange={({ currentTarget }) => go({ provider: oneOf(providers, currentTarget.value) })}
      />
      <NativeSelect
        aria-label={words("state")}
        size="xs"
        w={180}
        data={[
          { value: ANY, label: words("anyState") },
          ...lookStates.map((state) => ({ value: state, label: words(`states.${state}`) })),
        ]}
        value={look.state ?? ANY}
        onChange={({ currentTarget }) => go({ state: oneOf(lookStates, currentTarget.value) })}
      />
      {isFiltered(look) ? (
        <Button size="xs" variant="subtle" onClick={() => go({ provider: null, state: null })}>
          {words("clear")}
        </Button>
      ) : null}
    </fieldset>
  );
}
