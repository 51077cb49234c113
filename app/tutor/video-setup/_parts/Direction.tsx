import { useTranslations } from "next-intl";
import { ProviderName } from "#components/ProviderMark.tsx";
import type { MigrationView } from "#lib/services/switching/views.ts";
import classes from "./VideoSetup.module.css";

/** "Switch: Zoom → Google Meet", "New links: Zoom" */
export function Direction({ migration }: { migration: MigrationView }) {
  const words = useTranslations("migrations");
  const { kind, isRedo, from, to, accounts } = migration;
  return (
    <span className={classes.direction}>
      {words(`titles.${isRedo ? "redo" : kind}`)}:
      {from && from !== to ? (
        <>
          <ProviderName provider={from} />
          <span role="img" aria-label={words("becomes")}>
            →
          </span>
        </>
      ) : null}
      <ProviderName provider={to} />
      {accounts ? (
        <span className={classes.breaking}>
          {accounts.from}{" "}
          <span role="img" aria-label={words("becomes")}>
            →
          </span>{" "}
          {accounts.to}
        </span>
      ) : null}
    </span>
  );
}
