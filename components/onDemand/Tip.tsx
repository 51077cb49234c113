"use client";
import dynamic from "next/dynamic";
import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type SyntheticEvent,
  useId,
  useState,
} from "react";

const TipBubble = dynamic(() => import("./TipBubble.tsx").then((file) => file.TipBubble));

interface Props {
  label: string;
  /** An element, or a component that passes unknown props on to one. */
  children: ReactElement<object>;
}

/** More about a control, shown on hover and focus. Escape closes it. It is loaded when it is first needed. */
export function Tip({ label, children }: Props) {
  const id = useId();
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const [opened, setOpened] = useState(false);
  const show = ({ currentTarget }: SyntheticEvent<HTMLElement>) => {
    setTarget(currentTarget);
    setOpened(true);
  };
  const hide = () => setOpened(false);
  const told = {
    "aria-describedby": opened ? id : undefined,
    onMouseEnter: show,
    onMouseLeave: hide,
    onFocus: (event: SyntheticEvent<HTMLElement>) => {
      if (event.currentTarget.matches(":focus-visible")) show(event);
    },
    onBlur: hide,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    },
  };
  return (
    <>
      {cloneElement(children, told)}
      {target ? <TipBubble id={id} label={label} target={target} opened={opened} /> : null}
    </>
  );
}
