import { useLayoutEffect, useRef } from "react";
import { layerCloses, layerOpens } from "./keepFocus.ts";

/** For every dialog and menu: when it closes, the focus goes back to what opened it. */
export function useLayer(opened: boolean): void {
  const wasOpened = useRef(false);
  useLayoutEffect(() => {
    if (opened) layerOpens();
    else if (wasOpened.current) layerCloses();
    wasOpened.current = opened;
  }, [opened]);
}
