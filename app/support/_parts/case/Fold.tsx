import { Title, VisuallyHidden } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconChevronDown,
  IconMinus,
  IconTerminal2,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Check } from "#lib/services/support/views.ts";
import classes from "./Case.module.css";

const icons = { good: IconCheck, bad: IconAlertTriangle, idle: IconMinus };

interface Props {
  title: string;
  /** In a word, beside the title. */
  said?: string;
  /** None for what nobody checked. */
  state?: Check["state"];
  children: ReactNode;
}

/** What is fine is folded, and what isn't stands open. The browser's own search opens it, too. */
export function Fold({ title, said, state, children }: Props) {
  const Icon = state ? icons[state] : IconTerminal2;
  return (
    <details className={classes.fold} data-state={state} open={state === "bad"}>
      <summary className={classes.summary}>
        <span className={classes.mark}>
          <Icon size={16} aria-hidden />
        </span>
        <Title order={3} className={classes.step}>
          {title}
        </Title>
        {said ? <Said state={state}>{said}</Said> : null}
        <IconChevronDown size={16} aria-hidden className={classes.chevron} />
      </summary>
      <div className={classes.inside}>{children}</div>
    </details>
  );
}

/** What nearly all have in common, the mark alone says. */
const Said = ({ state, children }: Pick<Props, "state" | "children">) =>
  state === "good" ? (
    <VisuallyHidden>{children}</VisuallyHidden>
  ) : (
    <span className={classes.said}>{children}</span>
  );
