import { Paper, Skeleton, Stack } from "@mantine/core";
import { Loading } from "#components/Loading.tsx";

export default function SupportLoading() {
  return (
    <Loading>
      <Skeleton height={31} width={120} mb={8} />
      <Skeleton height={18} width={260} mb={24} />
      <Stack gap="xl">
        <Skeleton height={60} maw={560} />
        <Paper p="lg">
          <Skeleton height={360} />
        </Paper>
      </Stack>
    </Loading>
  );
}
