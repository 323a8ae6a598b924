// Written by `npm run gen`; do not edit.
import type { AnyRule } from "../engine/rule.ts";
import { aliasConflict } from "./config/alias-conflict.ts";
import { declaredHyperparameterNeverUsed } from "./config/declared-hyperparameter-never-used.ts";
import { duplicateKey } from "./config/duplicate-key.ts";
import { emptyValueMeansNull } from "./config/empty-value-means-null.ts";
import { hfDeepspeedValueConflict } from "./config/hf-deepspeed-value-conflict.ts";
import { invalidExperiment } from "./config/invalid-experiment.ts";
import { keyInWrongSection } from "./config/key-in-wrong-section.ts";
import { modelJsonRegularizerSuspicious } from "./config/model-json-regularizer-suspicious.ts";
import { numericKeyHasWrongType } from "./config/numeric-key-has-wrong-type.ts";
import { regularizerHasNoEffect } from "./config/regularizer-has-no-effect.ts";
import { unknownRegularizationKey } from "./config/unknown-regularization-key.ts";
import { unusedSuppression } from "./config/unused-suppression.ts";
import { valueOutOfRange } from "./config/value-out-of-range.ts";
import { yamlFloatReadAsString } from "./config/yaml-float-read-as-string.ts";
import { dataTermLostPenaltyCountedTwice } from "./formula/data-term-lost-penalty-counted-twice.ts";
import { elasticNetMixingWrong } from "./formula/elastic-net-mixing-wrong.ts";
import { gradientAscentOnLoss } from "./formula/gradient-ascent-on-loss.ts";
import { handGradientDisagreesWithLoss } from "./formula/hand-gradient-disagrees-with-loss.ts";
import { l1GradientNotSign } from "./formula/l1-gradient-not-sign.ts";
import { l1PenaltyUsesL2Norm } from "./formula/l1-penalty-uses-l2-norm.ts";
import { l2PenaltyNotSquared } from "./formula/l2-penalty-not-squared.ts";
import { penaltyGradientIsScalar } from "./formula/penalty-gradient-is-scalar.ts";
import { penaltyHasNoGradient } from "./formula/penalty-has-no-gradient.ts";
import { penaltyOverwrittenInLoop } from "./formula/penalty-overwritten-in-loop.ts";
import { penaltySubtracted } from "./formula/penalty-subtracted.ts";
import { reciprocalPrecedenceInCost } from "./formula/reciprocal-precedence-in-cost.ts";
import { signedSumAsPenalty } from "./formula/signed-sum-as-penalty.ts";
import { softThresholdMissingStep } from "./formula/soft-threshold-missing-step.ts";
import { boostingAllRegularizersOff } from "./missing/boosting-all-regularizers-off.ts";
import { noRegularizerEvidence } from "./missing/no-regularizer-evidence.ts";
import { optimizerWithoutWeightDecay } from "./missing/optimizer-without-weight-decay.ts";
import { penaltyComputedButUnused } from "./missing/penalty-computed-but-unused.ts";
import { regularizationLossesDropped } from "./missing/regularization-losses-dropped.ts";
import { unpenalisedHighCapacityLinear } from "./missing/unpenalised-high-capacity-linear.ts";
import { contrastiveFeaturesNotNormalized } from "./multimodal/contrastive-features-not-normalized.ts";
import { distillationKlScaling } from "./multimodal/distillation-kl-scaling.ts";
import { gatherWithoutGradient } from "./multimodal/gather-without-gradient.ts";
import { logitScaleNotExponentiated } from "./multimodal/logit-scale-not-exponentiated.ts";
import { logitScaleUnclamped } from "./multimodal/logit-scale-unclamped.ts";
import { mixedReductionsInMultiTermLoss } from "./multimodal/mixed-reductions-in-multi-term-loss.ts";
import { oneDirectionalContrastive } from "./multimodal/one-directional-contrastive.ts";
import { temperatureInDecayGroup } from "./multimodal/temperature-in-decay-group.ts";
import { temperatureMultiplied } from "./multimodal/temperature-multiplied.ts";
import { adamL2IsNotWeightDecay } from "./optimizer/adam-l2-is-not-weight-decay.ts";
import { doubleRegularization } from "./optimizer/double-regularization.ts";
import { gradientClipWrongPlace } from "./optimizer/gradient-clip-wrong-place.ts";
import { implicitAdamwDefaultDiffers } from "./optimizer/implicit-adamw-default-differs.ts";
import { l1ExpectsExactZeros } from "./optimizer/l1-expects-exact-zeros.ts";
import { optaxDecayAfterLrScaling } from "./optimizer/optax-decay-after-lr-scaling.ts";
import { weightDecayKwUnsupported } from "./optimizer/weight-decay-kw-unsupported.ts";
import { biasRegularizerSet } from "./placement/bias-regularizer-set.ts";
import { decayAppliedToBiasAndNorm } from "./placement/decay-applied-to-bias-and-norm.ts";
import { interceptPenalised } from "./placement/intercept-penalised.ts";
import { noWeightDecayHookIgnored } from "./placement/no-weight-decay-hook-ignored.ts";
import { normNameFilterMissesLayers } from "./placement/norm-name-filter-misses-layers.ts";
import { optaxDecayWithoutMask } from "./placement/optax-decay-without-mask.ts";
import { paramGroupsDoNotPartition } from "./placement/param-groups-do-not-partition.ts";
import { decayIsNoop } from "./scale/decay-is-noop.ts";
import { decayRateExplodes } from "./scale/decay-rate-explodes.ts";
import { dropoutRateInvalid } from "./scale/dropout-rate-invalid.ts";
import { inverseStrengthConfusion } from "./scale/inverse-strength-confusion.ts";
import { lambdaCopiedAcrossConventions } from "./scale/lambda-copied-across-conventions.ts";
import { penalisedModelOnUnscaledFeatures } from "./scale/penalised-model-on-unscaled-features.ts";
import { penaltyMeanOverWeights } from "./scale/penalty-mean-over-weights.ts";
import { penaltyOverwhelmsDataTerm } from "./scale/penalty-overwhelms-data-term.ts";
import { penaltyPerMicrobatch } from "./scale/penalty-per-microbatch.ts";
import { sumReductionWithFixedLambda } from "./scale/sum-reduction-with-fixed-lambda.ts";
import { classifierOnContinuousTarget } from "./selection/classifier-on-continuous-target.ts";
import { evaluationWithDropoutOn } from "./selection/evaluation-with-dropout-on.ts";
import { lambdaChosenOnTest } from "./selection/lambda-chosen-on-test.ts";
import { lambdaGridTooNarrow } from "./selection/lambda-grid-too-narrow.ts";
import { noEvaluationSplit } from "./selection/no-evaluation-split.ts";
import { preprocessingFitBeforeSplit } from "./selection/preprocessing-fit-before-split.ts";
import { scoredOnTrainingData } from "./selection/scored-on-training-data.ts";
import { testSetUsedForSelection } from "./selection/test-set-used-for-selection.ts";
import { transformerRefitOnTest } from "./selection/transformer-refit-on-test.ts";
import { yPassedToUnsupervisedFit } from "./selection/y-passed-to-unsupervised-fit.ts";
import { clipThresholdInconsistent } from "./sparsity/clip-threshold-inconsistent.ts";
import { pruneAmountIsCount } from "./sparsity/prune-amount-is-count.ts";
import { pruneMaskNotKept } from "./sparsity/prune-mask-not-kept.ts";
import { pruneZeroesLargest } from "./sparsity/prune-zeroes-largest.ts";
import { thresholdFromSignedQuantile } from "./sparsity/threshold-from-signed-quantile.ts";
import { frozenBackboneBatchnormUpdates } from "./transfer/frozen-backbone-batchnorm-updates.ts";
import { frozenParamsCanStillDecay } from "./transfer/frozen-params-can-still-decay.ts";
import { jaxFrozenByStopGradientDecays } from "./transfer/jax-frozen-by-stop-gradient-decays.ts";
import { kerasTrainableAfterCompile } from "./transfer/keras-trainable-after-compile.ts";
import { singleLrForBackboneAndHead } from "./transfer/single-lr-for-backbone-and-head.ts";
import { unfrozenParamsNotInOptimizer } from "./transfer/unfrozen-params-not-in-optimizer.ts";

export const RULES: readonly AnyRule[] = [
  aliasConflict,
  declaredHyperparameterNeverUsed,
  duplicateKey,
  emptyValueMeansNull,
  hfDeepspeedValueConflict,
  invalidExperiment,
  keyInWrongSection,
  modelJsonRegularizerSuspicious,
  numericKeyHasWrongType,
  regularizerHasNoEffect,
  unknownRegularizationKey,
  unusedSuppression,
  valueOutOfRange,
  yamlFloatReadAsString,
  dataTermLostPenaltyCountedTwice,
  elasticNetMixingWrong,
  gradientAscentOnLoss,
  handGradientDisagreesWithLoss,
  l1GradientNotSign,
  l1PenaltyUsesL2Norm,
  l2PenaltyNotSquared,
  penaltyGradientIsScalar,
  penaltyHasNoGradient,
  penaltyOverwrittenInLoop,
  penaltySubtracted,
  reciprocalPrecedenceInCost,
  signedSumAsPenalty,
  softThresholdMissingStep,
  boostingAllRegularizersOff,
  noRegularizerEvidence,
  optimizerWithoutWeightDecay,
  penaltyComputedButUnused,
  regularizationLossesDropped,
  unpenalisedHighCapacityLinear,
  contrastiveFeaturesNotNormalized,
  distillationKlScaling,
  gatherWithoutGradient,
  logitScaleNotExponentiated,
  logitScaleUnclamped,
  mixedReductionsInMultiTermLoss,
  oneDirectionalContrastive,
  temperatureInDecayGroup,
  temperatureMultiplied,
  adamL2IsNotWeightDecay,
  doubleRegularization,
  gradientClipWrongPlace,
  implicitAdamwDefaultDiffers,
  l1ExpectsExactZeros,
  optaxDecayAfterLrScaling,
  weightDecayKwUnsupported,
  biasRegularizerSet,
  decayAppliedToBiasAndNorm,
  interceptPenalised,
  noWeightDecayHookIgnored,
  normNameFilterMissesLayers,
  optaxDecayWithoutMask,
  paramGroupsDoNotPartition,
  decayIsNoop,
  decayRateExplodes,
  dropoutRateInvalid,
  inverseStrengthConfusion,
  lambdaCopiedAcrossConventions,
  penalisedModelOnUnscaledFeatures,
  penaltyMeanOverWeights,
  penaltyOverwhelmsDataTerm,
  penaltyPerMicrobatch,
  sumReductionWithFixedLambda,
  classifierOnContinuousTarget,
  evaluationWithDropoutOn,
  lambdaChosenOnTest,
  lambdaGridTooNarrow,
  noEvaluationSplit,
  preprocessingFitBeforeSplit,
  scoredOnTrainingData,
  testSetUsedForSelection,
  transformerRefitOnTest,
  yPassedToUnsupervisedFit,
  clipThresholdInconsistent,
  pruneAmountIsCount,
  pruneMaskNotKept,
  pruneZeroesLargest,
  thresholdFromSignedQuantile,
  frozenBackboneBatchnormUpdates,
  frozenParamsCanStillDecay,
  jaxFrozenByStopGradientDecays,
  kerasTrainableAfterCompile,
  singleLrForBackboneAndHead,
  unfrozenParamsNotInOptimizer,
];
