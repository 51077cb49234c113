import { createContext, useContext } from "react";

/** How a sentence of the API is said here. In a file of its own, since forms on pages without times read it, too. */
export const Said = createContext((sentence: string): string => sentence);

/** Instants in a sentence become what the viewer's clocks show, on a page that shows times. */
export const useSaid = () => useContext(Said);
