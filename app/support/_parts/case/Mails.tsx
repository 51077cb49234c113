import { Text } from "@mantine/core";
import classes from "#app/support/_parts/Support.module.css";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import type { TutorReport } from "#lib/services/support/views.ts";
import { ShortList } from "./ShortList.tsx";

export function Mails({ mails }: { mails: TutorReport["mails"] }) {
  const { words, when } = useTeller();
  return (
    <ShortList>
      {mails.map((mail) => (
        <li key={mail.id} className={classes.row}>
          <div>
            <Text size="sm" fw={600}>
              {mail.subject}
            </Text>
            <Text size="sm" c="dimmed" className={classes.breaking}>
              {mail.to}
            </Text>
          </div>
          <Text
            size="sm"
            className={classes.outcome}
            data-state={mail.status === "failed" ? "bad" : "good"}
          >
            {words("mails.status", { status: mail.status })}
          </Text>
          <div>
            <Text size="sm" className="figures">
              {when(mail.sentAt ?? mail.createdAt)}
            </Text>
            {mail.reason ? <Text size="sm">{words(`mails.reason.${mail.reason}`)}</Text> : null}
            {mail.nextAttemptAt && mail.reason ? (
              <Text size="sm" c="dimmed" className="figures">
                {words("mails.next", { when: when(mail.nextAttemptAt) })}
              </Text>
            ) : null}
            {mail.error ? (
              <Text size="sm" c="dimmed" className={classes.breaking}>
                {mail.error}
              </Text>
            ) : null}
          </div>
        </li>
      ))}
    </ShortList>
  );
}
