import { Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./Welcome.module.css";

const steps = ["connect", "switch", "teach"] as const;

export function HowItWorks() {
  const words = useTranslations("welcome.how");
  return (
    <section aria-labelledby="how">
      <Title order={2} id="how" className={classes.heading}>
        {words("title")}
      </Title>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li key={step}>
            <span className={classes.number} aria-hidden="true">
              {index + 1}
            </span>
            <Title order={3}>{words(`${step}.title`)}</Title>
            <Text c="dimmed">{words(`${step}.text`)}</Text>
          </li>
        ))}
      </ol>
    </section>
  );
}
