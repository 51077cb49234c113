"use client";
import { Checkbox } from "@mantine/core";
import { useTranslations } from "next-intl";
import { pagesOf } from "#components/frame/pages.ts";
import type { Role } from "#lib/services/verb/context.ts";
import classes from "./Command.module.css";

interface Props {
  role: Role;
  /** Whether "?" alone opens this. Somebody who speaks to their computer may type it without meaning to. */
  isOneKey: boolean;
  setOneKey: (isOneKey: boolean) => void;
}

/** Which keys there are. */
export function Shortcuts({ role, isOneKey, setOneKey }: Props) {
  const words = useTranslations("commands.shortcuts");
  const shell = useTranslations("shell");
  const week = useTranslations("sessions.week");
  const keys = [
    [words("menu"), "Ctrl+K, ⌘K"],
    ...pagesOf[role].map(({ name, key }) => [shell(name), `Alt+Shift+${key}`]),
    ...(role === "admin"
      ? []
      : [
          [week("previous"), "Alt+Shift+←"],
          [week("today"), "Alt+Shift+T"],
          [week("next"), "Alt+Shift+→"],
        ]),
    [words("title"), "?"],
  ] as const;
  return (
    <>
      <dl className={classes.keys}>
        {keys.map(([name, key]) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>
              <kbd>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <Checkbox
        mt="md"
        label={words("oneKey")}
        checked={isOneKey}
        onChange={(event) => setOneKey(event.currentTarget.checked)}
      />
    </>
  );
}
