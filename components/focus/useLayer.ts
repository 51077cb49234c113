import { useEffect, useLayoutEffect, useRef } from "react";
import { layerCloses } from "./keepFocus.ts";

type SetOpened = (opened: boolean) => void;

/** The menu that is open. Under a dialog it would take the dialog's keys. */
const openMenus = new Set<SetOpened>();

/**
 * Used by every dialog and menu: when it closes, the focus goes back to what opened it.
 * @param setOpened of a menu, which closes when another dialog or menu opens; the same function each time
 */
export function useLayer(opened: boolean, setOpened?: SetOpened): void {
  const wasOpened = useRef(false);
  useLayoutEffect(() => {
    if (wasOpened.current && !opened) layerCloses();
    wasOpened.current = opened;
  }, [opened]);
  useEffect(() => {
    if (!opened) return;
    for (const setOther of openMenus) setOther(false);
    if (!setOpened) return;
    openMenus.add(setOpened);
    return () => void openMenus.delete(setOpened);
  }, [opened, setOpened]);
}
