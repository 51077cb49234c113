"use client";
import { useEffect, useState } from "react";
import { type Answer, call } from "./api.ts";

interface Read<T> {
  path: string;
  version: string;
  answer: Answer<T>;
}

/**
 * Reads what the API answers to a GET; null until it is known. A change of `version` asks again, and until
 * that is answered the previous answer stays, marked as old. A null path asks nothing and forgets the answer.
 */
export function useRead<T>(path: string | null, version = "") {
  const [read, setRead] = useState<Read<T> | null>(null);
  if (path === null && read) setRead(null);
  useEffect(() => {
    if (path === null) return;
    let isLeft = false;
    void call<T>("GET", path).then((answer) => {
      if (!isLeft) setRead({ path, version, answer });
    });
    return () => {
      isLeft = true;
    };
  }, [path, version]);
  return read?.path === path
    ? { answer: read.answer, isOld: read.version !== version }
    : { answer: null, isOld: false };
}
