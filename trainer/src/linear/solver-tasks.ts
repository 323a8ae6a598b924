import { type ClassFits, classPath } from "./class-path.ts";
import type { ClassPathRequest } from "./class-problem.ts";
import { type Evidence, type EvidenceRequest, maximiseEvidence } from "./evidence.ts";
import { type GramPathRequest, gramPath, type PathFits } from "./gram-path.ts";
import { type LeaveOneOutRequest, leaveOneOut, type SquaredErrors } from "./leave-one-out.ts";
import { fillMoments, type MomentsRequest } from "./moments.ts";
import { type RidgeDualFits, type RidgeDualRequest, ridgeDual } from "./ridge-dual.ts";
import { type RidgeEigen, type RidgeEigenRequest, ridgeEigen } from "./ridge-eigen.ts";
import { type RidgePathRequest, ridgePath } from "./ridge-path.ts";
import { type RowsPathRequest, rowsPath } from "./rows-path.ts";
import type { Kernels } from "./solver/kernels.ts";

interface Requests {
  readonly moments: MomentsRequest;
  readonly gramPath: GramPathRequest;
  readonly rowsPath: RowsPathRequest;
  readonly ridgePath: RidgePathRequest;
  readonly ridgeEigen: RidgeEigenRequest;
  readonly leaveOneOut: LeaveOneOutRequest;
  readonly ridgeDual: RidgeDualRequest;
  readonly classPath: ClassPathRequest;
  readonly evidence: EvidenceRequest;
}

interface Answers {
  readonly moments: true;
  readonly gramPath: PathFits;
  readonly rowsPath: PathFits;
  readonly ridgePath: PathFits;
  readonly ridgeEigen: RidgeEigen;
  readonly leaveOneOut: SquaredErrors;
  readonly ridgeDual: RidgeDualFits;
  readonly classPath: ClassFits;
  readonly evidence: Evidence;
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
    case "ridgePath":
      return ridgePath(kernels, task);
    case "ridgeEigen":
      return ridgeEigen(kernels, task);
    case "leaveOneOut":
      return leaveOneOut(kernels, task);
    case "ridgeDual":
      return ridgeDual(kernels, task);
    case "classPath":
      return classPath(kernels, task);
    case "evidence":
      return maximiseEvidence(kernels, task);
  }
}
