import { Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./Welcome.module.css";

/** How to have a Segue of one's own. */
export function RunIt() {
  const words = useTranslations("welcome.run");
  return (
    <section aria-labelledby="run">
      <Title order={2} id="run" className={classes.heading}>
        {words("title")}
      </Title>
      <Text c="dimmed" maw={640} mb="md">
        {words("text")}
      </Text>
      <pre className={classes.command}>
        <code>npm start</code>
      </pre>
    </section>
  );
}
