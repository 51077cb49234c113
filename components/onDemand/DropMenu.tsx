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

/** The kit's menu, at a button that is on the page already. See `useMenu`. */
export function DropMenu({ target, opened, children, ...rest }: Props) {
  // Not open from its first moment, so that it comes as it comes every later time.
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

/** Hands an element over to the kit; what the kit would put on it, `useMenu` has put there. */
function Present({ element, ref }: { element: HTMLElement; ref?: Ref<HTMLElement> }) {
  useLayoutEffect(() => {
    assignRef(ref, element);
    return () => void assignRef(ref, null);
  }, [ref, element]);
  return null;
}
