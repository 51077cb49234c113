"use client";
import { Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { waitingState } from "#app/sessions/[id]/waiting/_parts/state.ts";
import classes from "#app/sessions/[id]/waiting/_parts/WaitingRoom.module.css";
import { useReread } from "#components/calls/useReread.ts";
import { SegueMark } from "#components/frame/Brand.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { countdown } from "#lib/platform/localTime.ts";
import type { DoorView, EnteredView } from "#lib/services/doors/views.ts";
import { AskAtDoor } from "./AskAtDoor.tsx";
import { DoorLesson } from "./DoorLesson.tsx";
import { Entered } from "./Entered.tsx";
import { GoIn } from "./GoIn.tsx";
import { useDoorWords } from "./useDoorWords.ts";

/** How often the page reads anew whether the room is there, in milliseconds. */
const REREAD_MS = 5_000;

/** What it is, when it is, and, once the room is open, a way in that waits for a tap. */
export function Door({ token, door }: { token: string; door: DoorView }) {
  const now = useNow();
  const times = useTimes();
  const state = waitingState(door, now);
  const [entered, setEntered] = useState<EnteredView | null>(null);
  const isFinal = state === "cancelled" || state === "missed" || state === "over";
  useReread(isFinal ? null : REREAD_MS);
  const { title, text } = useDoorWords(door, state);
  const isOpen = state === "open" || state === "moved";
  const isInside = isOpen && entered !== null;
  return (
    <Paper p={{ base: "lg", sm: "xl" }} maw={560} mx="auto" style={{ overflowWrap: "anywhere" }}>
      <Stack gap="lg">
        <SegueMark size={48} />
        <div role="status">
          <Title order={1}>{title}</Title>
          <Text c="dimmed" mt={4}>
            {text}
          </Text>
        </div>
        {state === "early" && times.dayKey(door.opensAt) === times.dayKey(now) ? (
          <Text className={classes.countdown} role="timer">
            {countdown(door.opensAt, now)}
          </Text>
        ) : null}
        <DoorLesson door={door} />
        {isOpen ? (
          <GoIn
            token={token}
            isAgain={isInside || state === "moved"}
            isInside={isInside}
            onEnter={setEntered}
          />
        ) : null}
        <AskAtDoor token={token} door={door} />
        {isInside ? <Entered entered={entered} door={door} /> : null}
      </Stack>
    </Paper>
  );
}
