"use client";
import { Paper, Text, Title } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Step } from "#lib/services/students/firstSteps.ts";
import classes from "./FirstSteps.module.css";

const places = { connect: "/tutor/video-setup", lessons: "/students", share: "/students" };

/** Three steps to a first lesson, for a new tutor. */
export function FirstSteps({ steps }: { steps: Step[] }) {
  const words = useTranslations("firstSteps");
  return (
    <Paper p="lg" mb="lg" component="section" aria-labelledby="first-steps">
      <Title order={2} id="first-steps" mb="sm">
        {words("title")}
      </Title>
      <ol className={classes.steps}>
        {steps.map(({ name, isDone }) => (
          <li key={name} className={classes.step} data-done={isDone || undefined}>
            {isDone ? (
              <IconCircleCheckFilled size={22} aria-label={words("done")} role="img" />
            ) : (
              <IconCircle size={22} aria-hidden />
            )}
            <div>
              <Link href={places[name]} className={classes.name}>
                {words(`${name}.title`)}
              </Link>
              <Text size="sm" c="dimmed">
                {words(`${name}.text`)}
              </Text>
            </div>
          </li>
        ))}
      </ol>
    </Paper>
  );
}
