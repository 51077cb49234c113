"use client";
import { Title } from "@mantine/core";
import { ZoneChoice } from "./viewState/ZoneChoice.tsx";

interface Props {
  title: string;
  /** The viewer's own zone. */
  home: string;
}

/** The heading, and once per page the zone of its times, which can be changed there. */
export function SessionsHead({ title, home }: Props) {
  return (
    <header className="pageHead">
      <Title order={1} mb={4}>
        {title}
      </Title>
      <ZoneChoice home={home} />
    </header>
  );
}
