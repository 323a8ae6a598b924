import { type GramPathRequest, gramPath, type PathFits } from "./gram-path.ts";
import { fillMoments, type MomentsRequest } from "./moments.ts";
import { type RowsPathRequest, rowsPath } from "./rows-path.ts";
import type { Kernels } from "./solver/kernels.ts";

interface Requests {
  readonly moments: MomentsRequest;
  readonly gramPath: GramPathRequest;
  readonly rowsPath: RowsPathRequest;
}

interface Answers {
  readonly moments: true;
  readonly gramPath: PathFits;
  readonly rowsPath: PathFits;
}

export type TaskType = keyof Requests & keyof Answers;
export type TaskOf<Type extends TaskType> = Requests[Type];
export type AnswerOf<Type extends TaskType> = Answers[Type];
export type SolverTask = Requests[TaskType];

/** Computes one task on the thread that calls it. */
export function solveTask(kernels: Kernels, task: SolverTask): Answers[TaskType] {
  switch (task.type) {
    case "moments":
      fillMoments(kernels, task);
      return true;
    case "gramPath":
      return gramPath(kernels, task);
    case "rowsPath":
      return rowsPath(kernels, task);
  }
}
