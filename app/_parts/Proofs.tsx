import { Text, Title } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { proofs } from "./proofs.ts";
import classes from "./Welcome.module.css";

/** What was tried, and how it went: figures that commands of this project have printed. */
export function Proofs() {
  const words = useTranslations("welcome.proofs");
  const { number } = useFormatter();
  const { simulation, kills } = proofs;
  const facts = [
    { figure: simulation.links, text: words("links", { violations: simulation.violations }) },
    { figure: simulation.runs, text: words("runs") },
    { figure: kills.count, text: words("kills", { lost: kills.lost, doubled: kills.doubled }) },
  ];
  return (
    <section aria-labelledby="proofs">
      <Title order={2} id="proofs" className={classes.heading}>
        {words("title")}
      </Title>
      <ul className={classes.proofs}>
        {facts.map(({ figure, text }) => (
          <li key={text}>
            <Text className={classes.figure}>{number(figure)}</Text>
            <Text c="dimmed">{text}</Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
