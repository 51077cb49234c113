"use client";
import { Menu, MenuDropdown, type MenuProps, MenuTarget } from "@mantine/core";
import { assignRef, useMounted } from "@mantine/hooks";
import { type ReactNode, type Ref, useLayoutEffect } from "react";
import type { MenuOf } from "./useMenu.ts";

interface Props extends MenuOf {
  position?: MenuProps["position"];
  width?: number;
  /** The kit's menu items. */
  children: ReactNode;
}

/** The kit's menu, at a button that is already on the page. See `useMenu`. */
export function DropMenu({ target, opened, children, ...rest }: Props) {
  // The menu is closed in its first rendering, so that it opens the same way the first time as later.
  const mounted = useMounted();
  return (
    <Menu opened={opened && mounted} returnFocus={false} {...rest}>
      <MenuTarget>
        <Present element={target} />
      </MenuTarget>
      <MenuDropdown inert={!opened}>{children}</MenuDropdown>
    </Menu>
  );
}

/** Passes an element to the kit. `useMenu` has already set the attributes that the kit would set. */
function Present({ element, ref }: { element: HTMLElement; ref?: Ref<HTMLElement> }) {
  useLayoutEffect(() => {
    assignRef(ref, element);
    return () => void assignRef(ref, null);
  }, [ref, element]);
  return null;
}
