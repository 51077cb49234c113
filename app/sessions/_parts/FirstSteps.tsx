"use client";
import { Button, Paper, Text, Title } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Step } from "#lib/services/students/firstSteps.ts";
import classes from "./FirstSteps.module.css";

const places = { connect: "/tutor/video-setup", lessons: "/students", share: "/students" };

/**
 * Three steps to a first lesson, for a new tutor. Whether links were handed over in a chat nobody knows, so whoever has lessons
 * can hide the rest, in this browser.
 */
export function FirstSteps({ steps }: { steps: Step[] }) {
  const words = useTranslations("firstSteps");
  const [isHidden, setHidden] = useLocalStorage({ key: "segue-first-steps", defaultValue: false });
  const hasLessons = steps.some(({ name, isDone }) => name === "lessons" && isDone);
  if (hasLessons && isHidden) return null;
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
      {hasLessons ? (
        <Button variant="subtle" size="compact-sm" mt="xs" ml={-8} onClick={() => setHidden(true)}>
          {words("hide")}
        </Button>
      ) : null}
    </Paper>
  );
}
