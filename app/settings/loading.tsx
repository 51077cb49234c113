import { Paper, Skeleton } from "@mantine/core";
import { Loading } from "#components/Loading.tsx";

export default function SettingsLoading() {
  return (
    <Loading>
      <Skeleton height={31} width={110} mb={24} />
      <Paper p="lg">
        <Skeleton height={24} width={80} mb="md" />
        {["name", "email", "zone", "language"].map((key) => (
          <Skeleton key={key} height={60} maw={440} mb="md" />
        ))}
        <Skeleton height={36} width={128} />
      </Paper>
    </Loading>
  );
}
