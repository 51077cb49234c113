import { Button, Group, Text } from "@mantine/core";

interface Props {
  label: string;
  busy: boolean;
  /** What is said once it is saved, and until something is changed again; empty otherwise. */
  said: string;
}

/** The end of a form on the settings page. */
export function SaveRow({ label, busy, said }: Props) {
  return (
    <Group>
      <Button type="submit" loading={busy}>
        {label}
      </Button>
      <Text role="status" size="sm" c="var(--segue-good)">
        {said}
      </Text>
    </Group>
  );
}
