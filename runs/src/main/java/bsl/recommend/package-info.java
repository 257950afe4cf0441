/**
 * Recommendations with the ids that people know: which users, out of which model ({@link
 * bsl.recommend.Recommendations}), and into which file ({@link
 * bsl.recommend.RecommendationFormat}).
 */
package bsl.recommend;
