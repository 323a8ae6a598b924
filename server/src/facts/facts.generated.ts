// Written by `npm run gen`; do not edit.
import { type BoostingFact, boostingFacts } from "./boosting.ts";
import { type ConfigEntryFact, configEntryFacts } from "./config-entry.ts";
import { type DropoutFact, dropoutFacts } from "./dropout.ts";
import { type ElasticNetFact, elasticNetFacts } from "./elastic-net.ts";
import { type EstimatorFact, estimatorFacts } from "./estimator.ts";
import { type EstimatorFitFact, estimatorFitFacts } from "./estimator-fit.ts";
import { type EstimatorScoreFact, estimatorScoreFacts } from "./estimator-score.ts";
import { type EvaluationPassFact, evaluationPassFacts } from "./evaluation-pass.ts";
import { type ExperimentProblemFact, experimentProblemFacts } from "./experiment-problem.ts";
import { type FreezeFact, freezeFacts } from "./freeze.ts";
import { type HandGradientFact, handGradientFacts } from "./hand-gradient.ts";
import { type InterceptPenaltyFact, interceptPenaltyFacts } from "./intercept-penalty.ts";
import { type LambdaGridFact, lambdaGridFacts } from "./lambda-grid.ts";
import { type LambdaValueFact, lambdaValueFacts } from "./lambda-value.ts";
import { type LossFact, lossFacts } from "./loss.ts";
import { type ModelChoiceFact, modelChoiceFacts } from "./model-choice.ts";
import { type ObjectiveFact, objectiveFacts } from "./objective.ts";
import { type OptaxChainFact, optaxChainFacts } from "./optax-chain.ts";
import { type OptimizerFact, optimizerFacts } from "./optimizer.ts";
import { type ParameterGroupsFact, parameterGroupsFacts } from "./parameter-groups.ts";
import { type PenaltyFact, penaltyFacts } from "./penalty.ts";
import { type PenaltyStrengthFact, penaltyStrengthFacts } from "./penalty-strength.ts";
import { type PruningFact, pruningFacts } from "./pruning.ts";
import { type ReciprocalProductFact, reciprocalProductFacts } from "./reciprocal-product.ts";
import { type RegularizerFact, regularizerFacts } from "./regularizer.ts";
import { type SplitFact, splitFacts } from "./split.ts";
import { type SuppressionFact, suppressionFacts } from "./suppression.ts";
import { type TrainingFact, trainingFacts } from "./training.ts";
import { type TrainingStepFact, trainingStepFacts } from "./training-step.ts";
import { type WeightMaskFact, weightMaskFacts } from "./weight-mask.ts";
import type { Extractor } from "./extractor.ts";

export type Fact = BoostingFact | ConfigEntryFact | DropoutFact | ElasticNetFact | EstimatorFact | EstimatorFitFact | EstimatorScoreFact | EvaluationPassFact | ExperimentProblemFact | FreezeFact | HandGradientFact | InterceptPenaltyFact | LambdaGridFact | LambdaValueFact | LossFact | ModelChoiceFact | ObjectiveFact | OptaxChainFact | OptimizerFact | ParameterGroupsFact | PenaltyFact | PenaltyStrengthFact | PruningFact | ReciprocalProductFact | RegularizerFact | SplitFact | SuppressionFact | TrainingFact | TrainingStepFact | WeightMaskFact;
export type FactKind = Fact["kind"];
export type FactOf<Kind extends FactKind> = Extract<Fact, { kind: Kind }>;

export const EXTRACTORS: readonly Extractor<Fact>[] = [boostingFacts, configEntryFacts, dropoutFacts, elasticNetFacts, estimatorFacts, estimatorFitFacts, estimatorScoreFacts, evaluationPassFacts, experimentProblemFacts, freezeFacts, handGradientFacts, interceptPenaltyFacts, lambdaGridFacts, lambdaValueFacts, lossFacts, modelChoiceFacts, objectiveFacts, optaxChainFacts, optimizerFacts, parameterGroupsFacts, penaltyFacts, penaltyStrengthFacts, pruningFacts, reciprocalProductFacts, regularizerFacts, splitFacts, suppressionFacts, trainingFacts, trainingStepFacts, weightMaskFacts];
