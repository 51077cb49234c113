import { Paper, Skeleton } from "@mantine/core";
import { Loading } from "#components/Loading.tsx";

export default function BookingsLoading() {
  return (
    <Loading>
      <Skeleton height={31} width={120} mb={8} />
      <Skeleton height={18} width={260} mb={24} />
      <Paper p="lg" mb="xl">
        <Skeleton height={280} />
      </Paper>
      {["first", "second", "third"].map((key) => (
        <Skeleton key={key} height={72} mb="md" />
      ))}
    </Loading>
  );
}
