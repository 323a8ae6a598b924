/** A drawing that follows its data. It fills `element`, whose size the style sheet decides. */
export interface Chart<Data> {
  readonly element: HTMLElement;
  readonly update: (data: Data) => void;
  readonly dispose: () => void;
}
