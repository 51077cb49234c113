import { Group, Paper, Skeleton, Stack } from "@mantine/core";
import { Loading } from "#components/Loading.tsx";

export default function SessionsLoading() {
  return (
    <Loading>
      <Skeleton height={31} width={120} mb={4} />
      <Skeleton height={30} width={260} mb={24} />
      <Skeleton height={36} width={320} mb="md" />
      <Group gap={8} mb="lg">
        <Skeleton height={30} width={150} />
        <Skeleton height={30} width={180} />
      </Group>
      <Paper p="lg" mb="xl">
        <Skeleton height={150} />
      </Paper>
      <Stack gap="md">
        {["first", "second", "third", "fourth"].map((key) => (
          <Skeleton key={key} height={72} />
        ))}
      </Stack>
    </Loading>
  );
}
