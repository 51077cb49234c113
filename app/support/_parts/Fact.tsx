import type { ReactNode } from "react";
import classes from "./Fact.module.css";

interface Props {
  name: string;
  children: ReactNode;
  more?: string | undefined;
  /** Which of the two is what's wrong. */
  bad?: "figure" | "more" | undefined;
}

/** One figure, with what explains it. They stand in a `FactList`. */
export const Fact = ({ name, children, more, bad }: Props) => (
  <div>
    <dt>{name}</dt>
    <dd className="figures" data-bad={bad}>
      <span className={classes.figure}>{children}</span>
      {more ? <span className={classes.more}>{more}</span> : null}
    </dd>
  </div>
);

export const FactList = ({ children }: { children: ReactNode }) => (
  <dl className={classes.facts}>{children}</dl>
);
