import { Paper, Skeleton, Stack } from "@mantine/core";
import { Loading } from "#components/Loading.tsx";

const cards = [
  { key: "now", title: 250, height: 170 },
  { key: "what-if", title: 150, height: 96 },
  { key: "what-happened", title: 140, height: 320 },
];

export default function VideoSetupLoading() {
  return (
    <Loading>
      <Skeleton height={31} width={180} mb={8} />
      <Skeleton height={18} width={260} mb={24} />
      <Stack gap="xl">
        {cards.map((card) => (
          <div key={card.key}>
            <Skeleton height={22} width={card.title} mb="xs" />
            <Paper p="lg">
              <Skeleton height={card.height} />
            </Paper>
          </div>
        ))}
      </Stack>
    </Loading>
  );
}
