"use client";
import { Combobox, Text, TextInput, useCombobox } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useRead } from "#components/calls/useRead.ts";
import type { Destinations } from "#lib/services/sessions/destinations.ts";
import type { Role } from "#lib/services/verb/context.ts";
import classes from "./Command.module.css";
import { CommandGroups } from "./CommandGroups.tsx";
import { findCommands } from "./commands.ts";
import { useCommands } from "./useCommands.ts";

interface Props {
  role: Role;
  onClose: () => void;
}

/** The content of the command menu's dialog. People and lessons are read each time that it opens. */
export function CommandMenu({ role, onClose }: Props) {
  const words = useTranslations("commands");
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const { answer } = useRead<Destinations>("/api/destinations");
  const destinations = answer?.ok ? answer.data : null;
  const commands = useCommands(role, destinations);
  const found = findCommands(commands, typed);
  const combobox = useCombobox({ opened: true });
  const ids = found.map(({ id }) => id).join();
  const chosenFor = useRef<string>(null);
  // Enter takes the best one without a key before it. People and lessons that arrive later move nobody's choice.
  useEffect(() => {
    if (ids === "" || chosenFor.current === typed) return;
    chosenFor.current = typed;
    combobox.selectFirstOption();
  }, [ids, typed, combobox.selectFirstOption]);

  function go(id: string) {
    const command = commands.find((one) => one.id === id);
    if (!command) return;
    onClose();
    router.push(command.href);
  }

  return (
    <Combobox store={combobox} onOptionSubmit={go}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          // The kit keeps this key to itself as long as its list is open, and here it always is.
          onKeyDown={(event) => (event.key === "Escape" ? onClose() : undefined)}
          aria-label={words("field")}
          placeholder={words("field")}
          leftSection={<IconSearch size={18} aria-hidden />}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
      </Combobox.EventsTarget>
      <Combobox.Options mt="sm" className={classes.options} aria-label={words("field")}>
        <CommandGroups found={found} destinations={destinations} />
        {found.length === 0 ? <Combobox.Empty>{words("none")}</Combobox.Empty> : null}
      </Combobox.Options>
      <Text size="xs" c="dimmed" mt="xs" role="status">
        {answer && !answer.ok ? words("unread") : words("keys")}
      </Text>
    </Combobox>
  );
}
