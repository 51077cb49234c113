/** Why a house can't be moved, in one line for whoever moves it. Nothing was changed. */
export class CannotMove extends Error {
  override readonly name = "CannotMove";
}
