import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/**
 * Whether the page's script runs. What somebody enters or chooses before that is lost, so until then such
 * inputs stand in a disabled fieldset.
 */
export const useIsLive = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
