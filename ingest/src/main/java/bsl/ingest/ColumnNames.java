package bsl.ingest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Knows how columns are usually called in published data sets: MovieLens, Amazon reviews, Yelp,
 * Book-Crossing, Goodreads, Last.fm, Steam, RecBole's atomic files and others.
 */
enum ColumnNames {
  USER(
      "userid",
      "user",
      "uid",
      "reviewerid",
      "customerid",
      "visitorid",
      "memberid",
      "profileid",
      "accountid",
      "playerid",
      "username",
      "usersha1",
      "sessionid"),
  ITEM(
      "itemid",
      "item",
      "iid",
      "movieid",
      "parentasin",
      "asin",
      "businessid",
      "productid",
      "bookid",
      "isbn",
      "artistid",
      "songid",
      "trackid",
      "venueid",
      "locationid",
      "gameid",
      "appid",
      "animeid",
      "recipeid",
      "articleid",
      "newsid",
      "videoid",
      "hotelid",
      "gmapid",
      "poiid"),
  RATING("rating", "ratings", "overall", "stars", "score", "bookrating", "starrating"),
  TIME(
      "timestamp",
      "unixreviewtime",
      "unixtime",
      "time",
      "datetime",
      "date",
      "createdat",
      "reviewtime",
      "checkintime",
      "utctime",
      "eventtime",
      "ts");

  /** The types of RecBole's atomic files. */
  private static final String TYPE = ":(token|float|token_seq|float_seq)$";

  private final List<String> names;

  ColumnNames(String... names) {
    this.names = List.of(names);
  }

  /** A name as it stands in a header, without the type that RecBole's files have. */
  static String untyped(String name) {
    return name.replaceFirst(TYPE, "");
  }

  /** Whether a name has the type that RecBole's files have. */
  static boolean isTyped(String name) {
    return !untyped(name).equals(name);
  }

  /** Whether there are names of both users and items. */
  static boolean isHeader(List<String> record) {
    return USER.find(record).isPresent() && ITEM.find(record).isPresent();
  }

  /** Letters and digits only, in lower case. */
  private static String normal(String name) {
    return untyped(name).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Place of the column that is most likely of this kind. */
  Optional<Integer> find(List<String> header) {
    List<String> normal = header.stream().map(ColumnNames::normal).toList();
    return names.stream().filter(normal::contains).findFirst().map(normal::indexOf);
  }
}
