import { Text } from "@mantine/core";
import classes from "#app/support/_parts/Support.module.css";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import { CopyText } from "#components/links/CopyText.tsx";
import parts from "./Case.module.css";
import { Fold } from "./Fold.tsx";

/** What leads from this page to the log and the terminal. */
export function Ids({ tutorId }: { tutorId: string }) {
  const { words } = useTeller();
  return (
    <Fold title={words("ids.title")}>
      <Text size="sm" c="dimmed">
        {words("ids.text")}
      </Text>
      <dl className={parts.ids}>
        {[
          { id: "tutor-id", name: words("ids.tutor"), value: tutorId },
          {
            id: "doctor-command",
            name: words("ids.doctor"),
            value: `npm run segue -- doctor ${tutorId}`,
          },
        ].map(({ id, name, value }) => (
          <div key={id}>
            <dt id={id}>{name}</dt>
            <dd>
              <code className={classes.breaking}>{value}</code>
              <CopyText
                value={value}
                copy={words("ids.copy")}
                copied={words("ids.copied")}
                size="compact-sm"
                aria-describedby={id}
              />
            </dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}
