import { type MouseEvent, useId, useState } from "react";
import { useLayer } from "../focus/useLayer.ts";

/** What a menu needs of the button that opens it. */
export interface MenuOf {
  id: string;
  target: HTMLElement;
  opened: boolean;
  onChange: (opened: boolean) => void;
}

/**
 * Provides a button at once, and its menu, which is loaded when somebody is about to open it.
 * @param load loads the component that renders a `DropMenu`
 * @param of what the menu is about: if the button moves with that to another part of the page, it counts as
 *   the same button
 * @returns `button` for the button; `menu` for that component, null until it is needed
 */
export function useMenu(load: () => Promise<unknown>, of?: string) {
  const ownId = useId();
  const id = of ?? ownId;
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const [opened, setOpened] = useState(false);
  useLayer(opened, setOpened);
  const prepare = () => void load();
  const button = {
    id: `${id}-target`,
    "aria-haspopup": "menu" as const,
    "aria-expanded": opened,
    "aria-controls": opened ? `${id}-dropdown` : undefined,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: ({ currentTarget }: MouseEvent<HTMLElement>) => {
      setTarget(currentTarget);
      setOpened(!opened);
    },
  };
  const menu: MenuOf | null = target && { id, target, opened, onChange: setOpened };
  return { button, menu };
}
