using System.Text.Json;
using Touchstone.Testing;

namespace Touchstone.Tests.Docs;

/// <summary>Every figure that other programs gave for the crowd sets is compared in a test, or stands in the reference with the reason why not.</summary>
public sealed class ExpectedFiguresTests
{
    private const string Page = "docs/reference/quality-methods.md";
    private const string Heading = "## Figures of other programs that are not compared";

    /// <summary>Figures and the tests that compare them, <c>kind: path &lt;- Class.Method</c>. A star stands for one name of any kind; lists have no name of their own.</summary>
    private const string Compared = """
        crowd: n_labels <- CrowdFactsTests.The_sets_are_those_that_the_references_speak_of
        crowd: n_tasks <- CrowdFactsTests.The_sets_are_those_that_the_references_speak_of
        crowd: n_workers <- CrowdFactsTests.The_sets_are_those_that_the_references_speak_of
        crowd: n_classes <- CrowdFactsTests.The_sets_are_those_that_the_references_speak_of
        crowd: n_truth <- CrowdFactsTests.The_sets_are_those_that_the_references_speak_of
        crowd: classes <- AggregateTests.Dawid_and_Skene_are_as_accurate_as_the_peers
        crowd: labels_per_task/* <- CrowdFactsTests.The_sets_are_those_that_the_references_speak_of
        crowd: duplicate_task_worker_pairs <- CrowdFactsTests.The_sets_are_those_that_the_references_speak_of
        crowd: tasks_with_mv_tie <- CrowdFactsTests.The_sets_are_those_that_the_references_speak_of
        crowd: tie_tasks <- CrowdFactsTests.The_sets_are_those_that_the_references_speak_of
        crowd: worker_skills/true_accuracy_on_truth_tasks/* <- CrowdFactsTests.Known_classes_tell_how_often_each_contributor_is_right
        crowd: crowdkit_consistency <- CrowdFactsTests.Consistency_and_uncertainty_are_those_of_crowd_kit
        crowd: crowdkit_uncertainty_aggregated_by_task <- CrowdFactsTests.Consistency_and_uncertainty_are_those_of_crowd_kit
        crowd: agreement/cohen_kappa_pairs/* <- CrowdFactsTests.Pairs_of_contributors_have_the_kappas_that_other_programs_say
        crowd: agreement/cohen_kappa_mean_over_pairs/pairs <- CrowdFactsTests.The_mean_kappa_of_the_busiest_contributors_is_that_of_other_programs
        crowd: agreement/cohen_kappa_mean_over_pairs/mean <- CrowdFactsTests.The_mean_kappa_of_the_busiest_contributors_is_that_of_other_programs
        crowd: agreement/krippendorff_alpha_nominal <- KrippendorffAlphaTests.Crowd_sets_come_out_as_two_other_programs_say
        crowd: agreement/krippendorff_alpha_nominal_crowdkit <- KrippendorffAlphaTests.Crowd_sets_come_out_as_two_other_programs_say
        crowd: agreement/cac_unweighted/* <- AgreementCoefficientsTests.Crowd_sets_come_out_as_other_programs_say
        crowd: accuracy/MajorityVote <- CrowdMethodsTests.Majority_and_wawa_agree_with_crowd_kit
        crowd: accuracy/Wawa <- CrowdMethodsTests.Majority_and_wawa_agree_with_crowd_kit
        crowd: accuracy/DawidSkene <- CrowdMethodsTests.Dawid_skene_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: accuracy/OneCoinDawidSkene <- CrowdMethodsTests.One_coin_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: accuracy/ZenCrowd_vldb17 <- CrowdMethodsTests.Zencrowd_after_twenty_rounds_has_the_numbers_of_its_published_code
        crowd: accuracy/GLAD <- GladTests.It_agrees_with_the_reference_and_climbs_higher
        crowd: accuracy/KOS <- KosTests.It_does_at_least_as_well_as_the_reference_which_may_flip
        crowd: accuracy/MMSR <- CrowdMethodsTests.Methods_that_settle_ties_otherwise_are_as_right_as_the_published_code
        crowd: accuracy/CATD_vldb17 <- CrowdMethodsTests.Methods_that_settle_ties_otherwise_are_as_right_as_the_published_code
        crowd: accuracy/PM_vldb17 <- CrowdMethodsTests.Methods_that_settle_ties_otherwise_are_as_right_as_the_published_code
        crowd: accuracy/LFC_vldb17 <- CrowdMethodsTests.Fast_and_hybrid_dawid_skene_and_lfc_are_as_accurate_as_their_published_code
        crowd: accuracy/FastDS_repo_FDS <- CrowdMethodsTests.Fast_and_hybrid_dawid_skene_and_lfc_are_as_accurate_as_their_published_code
        crowd: accuracy/FastDS_repo_H <- CrowdMethodsTests.Fast_and_hybrid_dawid_skene_and_lfc_are_as_accurate_as_their_published_code
        crowd: accuracy/FastDS_repo_DS <- CrowdMethodsTests.Fast_and_hybrid_dawid_skene_and_lfc_are_as_accurate_as_their_published_code
        crowd: accuracy/MACE_author_mace.py <- MaceTests.With_equal_shares_it_is_as_accurate_as_the_authors_program_and_believes_the_same_contributors
        crowd: accuracy/MACE_crowdkit_aligned <- MaceTests.With_equal_shares_it_is_as_accurate_as_crowd_kit_where_that_looks_habits_up_rightly
        crowd: accuracy/DawidSkene_converged_ref <- DawidSkeneTests.Without_shrinkage_it_reaches_the_reference_maximum
        crowd: predictions_as_class_index/MajorityVote <- CrowdMethodsTests.Majority_and_wawa_agree_with_crowd_kit
        crowd: predictions_as_class_index/Wawa <- CrowdMethodsTests.Majority_and_wawa_agree_with_crowd_kit
        crowd: predictions_as_class_index/DawidSkene <- CrowdMethodsTests.Dawid_skene_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: predictions_as_class_index/OneCoinDawidSkene <- CrowdMethodsTests.One_coin_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: predictions_as_class_index/ZenCrowd_vldb17 <- CrowdMethodsTests.Zencrowd_after_twenty_rounds_has_the_numbers_of_its_published_code
        crowd: predictions_as_class_index/GLAD <- GladTests.It_agrees_with_the_reference_and_climbs_higher
        crowd: worker_skills/MajorityVote/* <- CrowdMethodsTests.Majority_and_wawa_agree_with_crowd_kit
        crowd: worker_skills/Wawa/* <- CrowdMethodsTests.Majority_and_wawa_agree_with_crowd_kit
        crowd: worker_skills/OneCoinDawidSkene/* <- CrowdMethodsTests.One_coin_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: worker_skills/ZenCrowd_vldb17/* <- CrowdMethodsTests.Zencrowd_after_twenty_rounds_has_the_numbers_of_its_published_code
        crowd: worker_skills/GLAD_alpha/* <- GladTests.It_agrees_with_the_reference_and_climbs_higher
        crowd: worker_skills/MACE_author_competence/* <- MaceTests.With_equal_shares_it_is_as_accurate_as_the_authors_program_and_believes_the_same_contributors
        crowd: worker_skills/MACE_crowdkit_aligned_competence/* <- MaceTests.With_equal_shares_it_is_as_accurate_as_crowd_kit_where_that_looks_habits_up_rightly
        crowd: posteriors_first_40_tasks/DawidSkene/* <- CrowdMethodsTests.Crowd_kits_dawid_skene_differs_by_where_it_floors_zeros_and_by_nothing_else
        crowd: posteriors_first_40_tasks/OneCoinDawidSkene/* <- CrowdMethodsTests.One_coin_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: DawidSkene/iterations <- CrowdMethodsTests.Crowd_kits_dawid_skene_differs_by_where_it_floors_zeros_and_by_nothing_else
        crowd: DawidSkene/elbo_per_label <- CrowdMethodsTests.Crowd_kits_dawid_skene_differs_by_where_it_floors_zeros_and_by_nothing_else
        crowd: DawidSkene/elbo_history <- CrowdMethodsTests.Crowd_kits_dawid_skene_differs_by_where_it_floors_zeros_and_by_nothing_else
        crowd: DawidSkene/priors/* <- CrowdMethodsTests.Dawid_skene_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: DawidSkene/confusion_first_6_workers/*/* <- CrowdMethodsTests.Dawid_skene_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: OneCoinDawidSkene/iterations <- CrowdMethodsTests.One_coin_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: OneCoinDawidSkene/elbo_per_label <- CrowdMethodsTests.One_coin_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: OneCoinDawidSkene/priors/* <- CrowdMethodsTests.One_coin_stopped_where_crowd_kit_stops_has_its_numbers
        crowd: DawidSkene_converged_ref/log_likelihood <- DawidSkeneTests.Without_shrinkage_it_reaches_the_reference_maximum
        crowd: DawidSkene_converged_ref/priors/* <- DawidSkeneTests.Without_shrinkage_it_reaches_the_reference_maximum
        numbers: n_labels <- NumericConsensusTests.Mean_and_median_equal_the_reference
        numbers: n_tasks <- NumericConsensusTests.Mean_and_median_equal_the_reference
        numbers: n_workers <- NumericConsensusTests.Mean_and_median_equal_the_reference
        numbers: error/mean/rmse <- NumericConsensusTests.Mean_and_median_equal_the_reference
        numbers: error/mean/pearson <- NumericConsensusTests.Mean_and_median_equal_the_reference
        numbers: error/mean/mae <- AggregateTests.Numbers_are_aggregated_as_by_others
        numbers: error/median/rmse <- NumericConsensusTests.Mean_and_median_equal_the_reference
        numbers: error/median/pearson <- NumericConsensusTests.Mean_and_median_equal_the_reference
        numbers: error/median/mae <- AggregateTests.Numbers_are_aggregated_as_by_others
        numbers: error/PM_vldb17/rmse <- NumericConsensusTests.Weighing_contributors_by_their_exactness_follows_the_truth_better_than_the_peers_that_weigh
        numbers: error/PM_vldb17/pearson <- NumericConsensusTests.Weighing_contributors_by_their_exactness_follows_the_truth_better_than_the_peers_that_weigh
        numbers: error/CATD_vldb17/rmse <- NumericConsensusTests.Weighing_contributors_by_their_exactness_follows_the_truth_better_than_the_peers_that_weigh
        numbers: error/CATD_vldb17/pearson <- NumericConsensusTests.Weighing_contributors_by_their_exactness_follows_the_truth_better_than_the_peers_that_weigh
        numbers: estimates/mean/* <- NumericConsensusTests.Mean_and_median_equal_the_reference
        numbers: estimates/median/* <- NumericConsensusTests.Mean_and_median_equal_the_reference
        numbers: krippendorff_alpha/* <- AgreementTests.Agreement_on_numbers_is_as_other_programs_have_it
        texts: n_texts <- TextConsensusTests.What_no_method_chooses_is_scored_as_in_the_reference
        texts: n_tasks <- TextConsensusTests.What_no_method_chooses_is_scored_as_in_the_reference
        texts: n_workers <- TextConsensusTests.What_no_method_chooses_is_scored_as_in_the_reference
        texts: scores/ROVER/* <- TextConsensusTests.Rover_in_the_given_order_composes_the_reference_texts
        texts: scores/TextRASA_fnv256/* <- TextConsensusTests.Rasa_chooses_the_reference_texts
        texts: scores/TextHRRASA_fnv256/* <- TextConsensusTests.Hrrasa_is_as_exact_as_the_reference
        texts: scores/FirstAnswer/* <- TextConsensusTests.What_no_method_chooses_is_scored_as_in_the_reference
        texts: scores/BestSingleOracle/* <- TextConsensusTests.What_no_method_chooses_is_scored_as_in_the_reference
        texts: outputs/ROVER/* <- TextConsensusTests.Rover_in_the_given_order_composes_the_reference_texts
        texts: outputs/TextRASA_fnv256/* <- TextConsensusTests.Rasa_chooses_the_reference_texts
        texts: outputs/TextHRRASA_fnv256/* <- TextConsensusTests.Hrrasa_chooses_the_reference_texts_when_it_compares_words_with_letters_as_the_reference_does
        agreement: krippendorff/raters_x_units (null = missing) <- AgreementCoefficientsTests.Krippendorffs_examples_come_out_at_all_four_levels
        agreement: krippendorff/alpha/* <- AgreementCoefficientsTests.Krippendorffs_examples_come_out_at_all_four_levels
        agreement: cac/subjects_x_raters <- AgreementCoefficientsTests.The_published_table_of_four_raters_comes_out_with_its_standard_errors
        agreement: cac/counts <- AgreementCoefficientsTests.The_published_counts_of_six_raters_come_out
        agreement: cac/table <- AgreementCoefficientsTests.The_published_table_of_two_abstractors_comes_out
        agreement: cac/published/pa <- AgreementCoefficientsTests.The_published_table_of_four_raters_comes_out_with_its_standard_errors
        agreement: cac/published/gwet_ac1 <- AgreementCoefficientsTests.The_published_table_of_four_raters_comes_out_with_its_standard_errors
        agreement: cac/published/gwet_pe <- AgreementCoefficientsTests.The_published_table_of_four_raters_comes_out_with_its_standard_errors
        agreement: cac/published/fleiss <- AgreementCoefficientsTests.The_published_table_of_four_raters_comes_out_with_its_standard_errors
        agreement: cac/published/krippendorff <- AgreementCoefficientsTests.The_published_table_of_four_raters_comes_out_with_its_standard_errors
        agreement: cac/published/conger <- AgreementCoefficientsTests.The_published_table_of_four_raters_comes_out_with_its_standard_errors
        agreement: cac/published/brennan_prediger <- AgreementCoefficientsTests.The_published_table_of_four_raters_comes_out_with_its_standard_errors
        agreement: cac/published/se/* <- AgreementCoefficientsTests.The_published_table_of_four_raters_comes_out_with_its_standard_errors
        agreement: cac/published/cohen <- AgreementCoefficientsTests.The_published_table_of_two_abstractors_comes_out
        agreement: cac/published/cohen_se <- AgreementCoefficientsTests.The_published_table_of_two_abstractors_comes_out
        agreement: cac/published/scott_pi <- AgreementCoefficientsTests.The_published_table_of_two_abstractors_comes_out
        agreement: cac/own/* <- AgreementCoefficientsTests.The_published_counts_of_six_raters_come_out
        agreement: cac/own/*/* <- AgreementCoefficientsTests.Weighted_coefficients_come_out
        coco: images <- CocoAveragePrecisionTests.The_pictures_and_objects_are_those_that_the_reference_speaks_of
        coco: annotations <- CocoAveragePrecisionTests.The_pictures_and_objects_are_those_that_the_reference_speaks_of
        coco: crowd_annotations <- CocoAveragePrecisionTests.The_pictures_and_objects_are_those_that_the_reference_speaks_of
        coco: detections <- CocoAveragePrecisionTests.The_pictures_and_objects_are_those_that_the_reference_speaks_of
        coco: bbox/* <- CocoAveragePrecisionTests.Figures_equal_those_of_the_coco_api
        coco: bbox/*/* <- CocoAveragePrecisionTests.Figures_equal_those_of_the_coco_api
        coco: bbox_useCats0/* <- CocoAveragePrecisionTests.Figures_equal_those_of_the_coco_api
        coco: segm/* <- CocoAveragePrecisionTests.Figures_of_masks_equal_those_of_the_coco_api
        coco: segm/*/* <- CocoAveragePrecisionTests.Figures_of_masks_equal_those_of_the_coco_api
        coco: segm_useCats0/* <- CocoAveragePrecisionTests.Figures_of_masks_equal_those_of_the_coco_api
        coco: iou_matrices_first_10_images (rows = detections in file order, cols = annotations in file order)/* <- CocoAveragePrecisionTests.Overlaps_and_polygons_equal_those_of_the_coco_api
        coco: polygon_rasterisation_80x100/* <- CocoAveragePrecisionTests.Overlaps_and_polygons_equal_those_of_the_coco_api
        coco: polygon_rasterisation_80x100/rle/* <- CocoAveragePrecisionTests.Overlaps_and_polygons_equal_those_of_the_coco_api
        crowdlab: consensus_label <- CrowdLabTests.Consensus_and_quality_equal_those_of_cleanlab
        crowdlab: consensus_quality_score <- CrowdLabTests.Consensus_and_quality_equal_those_of_cleanlab
        crowdlab: annotator_agreement <- CrowdLabTests.Consensus_and_quality_equal_those_of_cleanlab
        crowdlab: annotator_stats/*/* <- CrowdLabTests.Consensus_and_quality_equal_those_of_cleanlab
        crowdlab: annotator_weight <- CrowdLabTests.Consensus_and_quality_equal_those_of_cleanlab
        crowdlab: model_weight <- CrowdLabTests.Consensus_and_quality_equal_those_of_cleanlab
        crowdlab: detailed_label_quality_first_60_items <- CrowdLabTests.Consensus_and_quality_equal_those_of_cleanlab
        crowdlab: accuracy/crowdlab <- CrowdLabTests.Consensus_and_quality_equal_those_of_cleanlab
        crowdlab: auroc_quality_vs_error/crowdlab <- CrowdLabTests.Consensus_and_quality_equal_those_of_cleanlab
        crowdlab: accuracy/majority_vote_probs_tiebreak <- CrowdLabTests.What_cleanlab_gives_to_compare_with_comes_out_of_the_majoritys_labels
        crowdlab: accuracy/majority_vote_no_probs <- CrowdLabTests.What_cleanlab_gives_to_compare_with_comes_out_of_the_majoritys_labels
        crowdlab: accuracy/model_argmax <- CrowdLabTests.What_cleanlab_gives_to_compare_with_comes_out_of_the_majoritys_labels
        crowdlab: majority_vote_with_probs <- CrowdLabTests.Majority_labels_equal_those_of_cleanlab_where_it_does_not_draw_lots
        crowdlab: majority_vote_without_probs <- CrowdLabTests.Majority_labels_equal_those_of_cleanlab_where_it_does_not_draw_lots
        crowdlab: activelab_labeled <- CrowdLabTests.Scores_of_what_to_label_next_equal_those_of_cleanlab
        crowdlab: activelab_unlabeled_first_50_probs <- CrowdLabTests.Scores_of_what_to_label_next_equal_those_of_cleanlab
        labelerrors: thresholds <- LabelErrorFinderTests.The_confident_joint_equals_that_of_cleanlab
        labelerrors: confident_joint_uncalibrated <- LabelErrorFinderTests.The_confident_joint_equals_that_of_cleanlab
        labelerrors: confident_joint_calibrated <- LabelErrorFinderTests.The_confident_joint_equals_that_of_cleanlab
        labelerrors: joint <- LabelErrorFinderTests.The_confident_joint_equals_that_of_cleanlab
        labelerrors: py <- LabelErrorFinderTests.The_confident_joint_equals_that_of_cleanlab
        labelerrors: noise_matrix <- LabelErrorFinderTests.The_confident_joint_equals_that_of_cleanlab
        labelerrors: inverse_noise_matrix <- LabelErrorFinderTests.The_confident_joint_equals_that_of_cleanlab
        labelerrors: num_label_issues <- LabelErrorFinderTests.Each_filter_finds_the_items_that_cleanlab_finds
        labelerrors: num_label_issues_off_diagonal <- LabelErrorFinderTests.Each_filter_finds_the_items_that_cleanlab_finds
        labelerrors: issues/*/* <- LabelErrorFinderTests.Each_filter_finds_the_items_that_cleanlab_finds
        labelerrors: ranked_by_self_confidence <- LabelErrorFinderTests.Each_filter_finds_the_items_that_cleanlab_finds
        labelerrors: scores/*/* <- LabelErrorFinderTests.Scores_equal_those_of_cleanlab
        objectlab: images/* <- ObjectLabTests.Scores_of_boxes_and_images_equal_those_of_cleanlab
        objectlab: label_quality <- ObjectLabTests.Scores_of_boxes_and_images_equal_those_of_cleanlab
        objectlab: overlooked <- ObjectLabTests.Scores_of_boxes_and_images_equal_those_of_cleanlab
        objectlab: badloc <- ObjectLabTests.Scores_of_boxes_and_images_equal_those_of_cleanlab
        objectlab: swap <- ObjectLabTests.Scores_of_boxes_and_images_equal_those_of_cleanlab
        objectlab: is_issue <- ObjectLabTests.Scores_of_boxes_and_images_equal_those_of_cleanlab
        objectlab: auroc_injected <- ObjectLabTests.Scores_of_boxes_and_images_equal_those_of_cleanlab
        segmentation-labelquality: * <- PooledLabelQualityTests.Scores_of_masks_equal_those_of_cleanlab
        segmentation: */mean_iou <- MaskConsensusTests.Masks_equal_the_reference
        segmentation: */iou/* <- MaskConsensusTests.Masks_equal_the_reference
        segmentation: */masks/* <- MaskConsensusTests.Masks_equal_the_reference
        pairwise: bradley_terry_converged/scores/* <- RatingsTests.Bradley_Terry_reaches_the_reference_maximum
        pairwise: bradley_terry_converged/log_likelihood <- RatingsTests.Bradley_Terry_reaches_the_reference_maximum
        pairwise: elo_k32/* <- RatingsTests.Elo_equals_the_reference_and_keeps_the_sum
        pairwise: truth_log_strength/* <- NoisyBradleyTerryTests.It_reaches_the_reference_minimum
        pairwise: worker_skill_truth/* <- NoisyBradleyTerryTests.It_reaches_the_reference_minimum
        pairwise: noisy_bt_own/s/* <- NoisyBradleyTerryTests.It_reaches_the_reference_minimum
        pairwise: noisy_bt_own/bias_q/* <- NoisyBradleyTerryTests.It_reaches_the_reference_minimum
        pairwise: noisy_bt_own/skill_gamma/* <- NoisyBradleyTerryTests.It_reaches_the_reference_minimum
        pairwise: noisy_bt_own/penalised_nll <- NoisyBradleyTerryTests.It_reaches_the_reference_minimum
        pairwise: noisy_bt_own/l2 <- NoisyBradleyTerryTests.It_reaches_the_reference_minimum
        pairwise: spearman_vs_truth/bt_converged <- NoisyBradleyTerryTests.It_reaches_the_reference_minimum
        pairwise: spearman_vs_truth/elo <- NoisyBradleyTerryTests.It_reaches_the_reference_minimum
        pairwise: spearman_vs_truth/noisy_bt_own <- NoisyBradleyTerryTests.It_reaches_the_reference_minimum
        sampling-drift: proportion_intervals/* <- ProportionIntervalTests.Intervals_equal_those_of_scipy
        sampling-drift: single_sampling/* <- SamplingPlanTests.Operating_characteristics_equal_those_of_scipy
        sampling-drift: single_sampling/*/* <- SamplingPlanTests.Operating_characteristics_equal_those_of_scipy
        sampling-drift: smallest_plan (smallest c, then smallest n, binomial)/* <- SamplingPlanTests.The_smallest_plans_equal_the_published_ones
        sampling-drift: sprt/* <- SequentialTests.Walds_test_ends_where_the_worked_examples_end
        sampling-drift: bernoulli_cusum/* <- DriftTests.The_cumulative_sum_alarms_where_the_worked_example_does
        sampling-drift: ewma/* <- DriftTests.The_moving_average_equals_the_worked_example
        sampling-drift: drift/base <- DriftTests.Drift_of_a_mix_equals_that_of_scipy
        sampling-drift: drift/current <- DriftTests.Drift_of_a_mix_equals_that_of_scipy
        sampling-drift: drift/psi <- DriftTests.Drift_of_a_mix_equals_that_of_scipy
        sampling-drift: drift/js_divergence_nats <- DriftTests.Drift_of_a_mix_equals_that_of_scipy
        sampling-drift: drift/total_variation <- DriftTests.Drift_of_a_mix_equals_that_of_scipy
        sampling-drift: drift/chi2 <- DriftTests.Drift_of_a_mix_equals_that_of_scipy
        sampling-drift: drift/chi2_p <- DriftTests.Drift_of_a_mix_equals_that_of_scipy
        sampling-drift: drift/chi2_df <- DriftTests.Drift_of_a_mix_equals_that_of_scipy
        sampling-drift: drift/x <- SignificanceTestsTests.Tests_of_two_samples_equal_those_of_scipy
        sampling-drift: drift/y <- SignificanceTestsTests.Tests_of_two_samples_equal_those_of_scipy
        sampling-drift: drift/ks_d <- SignificanceTestsTests.Tests_of_two_samples_equal_those_of_scipy
        sampling-drift: drift/ks_p_exact <- SignificanceTestsTests.Tests_of_two_samples_equal_those_of_scipy
        sampling-drift: drift/mannwhitney_u <- SignificanceTestsTests.Tests_of_two_samples_equal_those_of_scipy
        sampling-drift: drift/mannwhitney_p <- SignificanceTestsTests.Tests_of_two_samples_equal_those_of_scipy
        sampling-drift: drift/wasserstein1 <- SignificanceTestsTests.Tests_of_two_samples_equal_those_of_scipy
        sampling-drift: tests/*/* <- SignificanceTestsTests.Tests_of_tables_equal_those_of_scipy
        wbf: boxes <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        wbf: scores <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        wbf: labels <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        wbf: weights <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        wbf: iou_thr <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        wbf: skip_box_thr <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        wbf: out/nms/* <- BoxFusionTests.Suppressed_boxes_equal_those_of_the_python_package
        wbf: out/nmw/* <- BoxFusionTests.Suppressed_boxes_equal_those_of_the_python_package
        wbf: out/soft_nms_sigma0.1/* <- BoxFusionTests.Suppressed_boxes_equal_those_of_the_python_package
        wbf: out/wbf_avg/* <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        wbf: out/wbf_max/* <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        wbf: out/wbf_box_and_model_avg/* <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        wbf: out/wbf_absent_model_aware_avg/* <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        wbf: out/wbf_avg_unweighted_overflow/* <- BoxFusionTests.Fused_boxes_equal_those_of_the_python_package
        """;

    /// <summary>Names of files by what they hold.</summary>
    private static readonly Dictionary<string, string> Kinds = new[]
    {
        ("crowd", "bluebird face rte temporal wsd mozafari product"), ("numbers", "emotion wordsim"), ("texts", "wsa-t1 crowdspeech-devclean300"),
    }.SelectMany(kind => kind.Item2.Split(' ').Select(name => (name, kind.Item1))).ToDictionary(x => x.name, x => x.Item2);

    [Fact]
    public void Every_figure_of_other_programs_is_compared_in_a_test_or_listed_with_the_reason_why_not()
    {
        var figures = Directory.EnumerateFiles(TestData.Find(Assert.Skip, "crowd"), "expected-*.json").SelectMany(FiguresOf).DistinctBy(f => string.Join('\n', f)).ToArray();
        string[][] patterns = [.. Tests().Select(t => t.Pattern).Concat(Listed()).Select(p => p.Split('/'))];
        string[] unknown = [.. figures.Where(f => !patterns.Any(p => IsOf(p, f))).Select(f => string.Join('/', f))];
        Assert.True(unknown.Length == 0, $"{unknown.Length} figures are neither compared nor listed in {Page}:\n{string.Join('\n', unknown.Take(40))}");
        string[] stale = [.. patterns.Where(p => !figures.Any(f => IsOf(p, f))).Select(p => string.Join('/', p))];
        Assert.True(stale.Length == 0, $"No figure is called so:\n{string.Join('\n', stale)}");
    }

    [Fact]
    public void The_tests_that_compare_figures_are_there()
    {
        var sources = Repository.SourceFiles("tests").ToLookup(f => Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal);
        string[] missing = [.. Tests().Select(t => t.Test).Distinct().Where(test =>
        {
            var names = test.Split('.');
            return !sources[names[0]].Any(file => File.ReadAllText(file).Contains($" {names[1]}(", StringComparison.Ordinal));
        })];
        Assert.True(missing.Length == 0, $"There is no such test:\n{string.Join('\n', missing)}");
    }

    private static IEnumerable<(string Pattern, string Test)> Tests() => Compared.Split('\n').Select(line => line.Split(" <- ")).Select(parts => (parts[0].Replace(": ", "/", StringComparison.Ordinal), parts[1]));

    /// <summary>First column of the table of what is not compared, names in backquotes.</summary>
    private static IEnumerable<string> Listed() =>
        File.ReadLines(Path.Combine(Repository.Root, Page)).SkipWhile(l => l != Heading).Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(row => row.Split(" | ")[0].Split('`').Where((_, i) => i % 2 == 1)).Select(name => name.Replace(": ", "/", StringComparison.Ordinal));

    /// <summary>Names from the kind of file down to each figure; members of lists have the list's name.</summary>
    private static IEnumerable<string[]> FiguresOf(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var name = Path.GetFileNameWithoutExtension(file)["expected-".Length..];
        return Below(document.RootElement, [Kinds.GetValueOrDefault(name, name)]).ToArray();
    }

    private static IEnumerable<string[]> Below(JsonElement element, string[] path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Below(member.Value, [.. path, member.Name])),
        JsonValueKind.Array when element.EnumerateArray().Any(e => e.ValueKind == JsonValueKind.Object) => element.EnumerateArray().SelectMany(e => Below(e, path)),
        _ => [path],
    };

    private static bool IsOf(string[] pattern, string[] figure) => pattern.Length == figure.Length && pattern.Zip(figure).All(pair => pair.First == "*" || pair.First == pair.Second);
}
