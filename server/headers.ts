/** Request headers of our own, set by the gate; values that come from outside are overwritten. */

/** Tells pages their own address, which Next doesn't. */
export const PATH_HEADER = "x-segue-path";

/** Whose tries are counted. */
export const CLIENT_HEADER = "x-segue-client";
