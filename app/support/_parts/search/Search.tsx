import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import Form from "next/form";
import { useTranslations } from "next-intl";
import classes from "#app/support/_parts/Support.module.css";
import { SearchButton } from "./SearchButton.tsx";

interface Props {
  /** What the field holds. */
  text: string;
  /** Whether to say what can be searched for. */
  withHint: boolean;
}

/** The search is kept in the address, so that a case can be passed on as a link. */
export function Search({ text, withHint }: Props) {
  const words = useTranslations("support.search");
  return (
    <Form action="/support" className={classes.search} role="search">
      <TextInput
        key={text}
        name="who"
        type="search"
        label={words("label")}
        description={withHint ? words("hint") : undefined}
        inputWrapperOrder={["label", "input", "description"]}
        defaultValue={text}
        leftSection={<IconSearch size={18} aria-hidden />}
        autoComplete="off"
        spellCheck={false}
        required
        withAsterisk={false}
      />
      <SearchButton>{words("action")}</SearchButton>
    </Form>
  );
}
