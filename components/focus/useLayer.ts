import { useEffect, useLayoutEffect, useRef } from "react";
import { layerCloses } from "./keepFocus.ts";

/** Closes the menu that is open. A menu under a dialog would take the dialog's keys. */
const openMenus = new Set<() => void>();

/**
 * Used by every dialog and menu: when it closes, the focus goes back to what opened it.
 * @param close of a menu: closes it when another dialog or menu opens
 */
export function useLayer(opened: boolean, close?: () => void): void {
  const wasOpened = useRef(false);
  useLayoutEffect(() => {
    if (wasOpened.current && !opened) layerCloses();
    wasOpened.current = opened;
  }, [opened]);
  const newestClose = useRef(close);
  newestClose.current = close;
  useEffect(() => {
    if (!opened) return;
    for (const closeOther of openMenus) closeOther();
    const closeThis = () => newestClose.current?.();
    openMenus.add(closeThis);
    return () => void openMenus.delete(closeThis);
  }, [opened]);
}
