import { useLayoutEffect, useRef } from "react";
import { layerCloses } from "./keepFocus.ts";

/** Used by every dialog and menu: when it closes, the focus goes back to what opened it. */
export function useLayer(opened: boolean): void {
  const wasOpened = useRef(false);
  useLayoutEffect(() => {
    if (wasOpened.current && !opened) layerCloses();
    wasOpened.current = opened;
  }, [opened]);
}
