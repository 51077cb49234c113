import { Button, TextInput } from "@mantine/core";
import { IconSearch, IconUserQuestion } from "@tabler/icons-react";
import Form from "next/form";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { Empty } from "#components/Empty.tsx";
import classes from "./Support.module.css";

/** The search is kept in the address, so that a case can be passed on as a link. */
export function Search({ who }: { who: string }) {
  const words = useTranslations("support.search");
  return (
    <Form action="/support" className={classes.search} role="search">
      <TextInput
        key={who}
        name="who"
        label={words("label")}
        defaultValue={who}
        leftSection={<IconSearch size={18} aria-hidden />}
        autoComplete="off"
        spellCheck={false}
        required
        withAsterisk={false}
      />
      <Button type="submit">{words("action")}</Button>
    </Form>
  );
}

export function NobodyFound({ who }: { who: string }) {
  const words = useTranslations("support.search");
  return (
    <Empty
      icon={<IconUserQuestion size={28} aria-hidden />}
      title={words("none", { who })}
      text={words("noneText")}
      action={
        <ButtonLink href="/support" variant="default">
          {words("back")}
        </ButtonLink>
      }
    />
  );
}
