package bsl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layout and columns of published data sets are told from their first lines. */
class KnownFormatsTest {
  @TempDir Path folder;

  private ImportPlan plan(String text) throws IOException {
    return plan(text, ReadOptions.GUESS);
  }

  private ImportPlan plan(String text, ReadOptions read) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), text, read.encoding());
    return new DatasetImport(
            new ImportOptions(
                "set",
                List.of(SourceFile.toSplit(file)),
                read,
                FilterOptions.DEFAULT,
                SplitOptions.DEFAULT))
        .plan();
  }

  /** What was found, in one line: layout, then user, item, rating and time. */
  private static String found(ImportPlan plan) {
    Columns columns = plan.columns();
    return plan.layout().describe()
        + " | "
        + columns.user().name()
        + " "
        + columns.item().name()
        + " "
        + columns.rating().map(Columns.Column::name).orElse("-")
        + " "
        + columns.time().map(Columns.Column::name).orElse("-");
  }

  @Test
  void movieLens1M() throws IOException {
    ImportPlan plan = plan("1::1193::5::978300760\n1::661::3::978302109\n1::914::3::978301968\n");

    assertThat(found(plan))
        .isEqualTo("delimited text, separator '::', no quotes, no header | 1 2 3 4");
    assertThat(plan.examples()).contains(List.of("1", "661", "3", "978302109"));
  }

  @Test
  void blanksBesideASeparatorDoNotSeparate() throws IOException {
    assertThat(found(plan("u1 | i1 | 3\nu1 | i2 | 4\nu2 |  | 5\n")))
        .isEqualTo("delimited text, separator '|', no quotes, no header | 1 2 3 -");
    assertThat(found(plan("u1 i1 3\nu1 i2 4\nu2 i1 5\n")))
        .isEqualTo("delimited text, separator blank, no quotes, no header | 1 2 3 -");
  }

  @Test
  void movieLens100K() throws IOException {
    assertThat(found(plan("196\t242\t3\t881250949\n186\t302\t3\t891717742\n")))
        .isEqualTo("delimited text, separator tab, no quotes, no header | 1 2 3 4");
  }

  @Test
  void movieLens20M() throws IOException {
    assertThat(
            found(
                plan("userId,movieId,rating,timestamp\n1,2,3.5,1112486027\n1,29,3.5,1112484676\n")))
        .isEqualTo(
            "delimited text, separator ',', quote \", with a header |"
                + " userId movieId rating timestamp");
  }

  @Test
  void amazonRatingsOnly() throws IOException {
    assertThat(
            found(
                plan(
                    "A3AF8FFZAZYNE5,0000000078,5.0,1092182400\nAH2L9G3DQHHAJ,0000000116,4.0,1019865600\n")))
        .isEqualTo("delimited text, separator ',', quote \", no header | 1 2 3 4");
  }

  @Test
  void amazonReviews() throws IOException {
    ImportPlan plan =
        plan(
            """
            {"reviewerID": "A2SUAM1J3GNN3B", "asin": "0000013714", "reviewerName": "J. McDonald", \
            "helpful": [2, 3], "reviewText": "I bought this for my husband, who plays...", \
            "overall": 5.0, "summary": "Heavenly", "unixReviewTime": 1252800000, \
            "reviewTime": "09 13, 2009"}
            """);

    assertThat(found(plan)).isEqualTo("JSON lines | reviewerID asin overall unixReviewTime");
    assertThat(plan.examples())
        .containsExactly(List.of("A2SUAM1J3GNN3B", "0000013714", "5", "1252800000"));
  }

  @Test
  void amazonReviews2023() throws IOException {
    assertThat(
            found(
                plan(
                    """
                    {"rating": 5.0, "title": "Such", "images": [], "asin": "B00YQ6X8EO", \
                    "parent_asin": "B00YQ6X8EO", "user_id": "AGKHLEW2SOWHNMFQIJGBECAF7INQ", \
                    "timestamp": 1588687728923, "helpful_vote": 0, "verified_purchase": true}
                    """)))
        .isEqualTo("JSON lines | user_id parent_asin rating timestamp");
  }

  @Test
  void yelpReviews() throws IOException {
    assertThat(
            found(
                plan(
                    """
                    {"review_id":"KU_O5udG6zpxOg","user_id":"mh_-eMZ6K5RLWhZyISBhwA",\
                    "business_id":"XQfwVwDr-v0ZS3_CbbE5Xw","stars":3.0,"useful":0,\
                    "text":"If you decide","date":"2018-07-07 22:09:11"}
                    """)))
        .isEqualTo("JSON lines | user_id business_id stars date");
  }

  @Test
  void recBole() throws IOException {
    ImportPlan plan =
        plan(
            "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
                + "196\t242\t3\t881250949\n186\t302\t3\t891717742\n");

    assertThat(found(plan))
        .isEqualTo(
            "delimited text, separator tab, no quotes, with a header |"
                + " user_id item_id rating timestamp");
    assertThat(found(plan("user_id:token\titem_id:token\nabc\tdef\n")))
        .contains("user_id item_id - -");
  }

  @Test
  void bookCrossing() throws IOException {
    ReadOptions latin =
        new ReadOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            StandardCharsets.ISO_8859_1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);

    assertThat(
            found(
                plan(
                    "\"User-ID\";\"ISBN\";\"Book-Rating\"\n\"276725\";\"034545104X\";\"0\"\n",
                    latin)))
        .isEqualTo(
            "delimited text, separator ';', quote \", with a header | User-ID ISBN Book-Rating -");
  }

  @Test
  void lastFm() throws IOException {
    assertThat(found(plan("userID\tartistID\tweight\n2\t51\t13883\n2\t52\t11690\n")))
        .isEqualTo("delimited text, separator tab, no quotes, with a header | userID artistID - -");
  }

  @Test
  void aLineThatIsMalformedIsNoneOfTheFormatsBusiness() throws IOException {
    assertThat(found(plan("u1,i1,5\nu2,i2\nu3,i3,4\n\"u4,i4,3\nu5,i5,1\n")))
        .isEqualTo("delimited text, separator ',', quote \", no header | 1 2 3 -");
  }

  @Test
  void tabsWithQuotesAreSeen() throws IOException {
    assertThat(plan("user\titem\n\"a\tb\"\tc\n\"d\"\t\"e\"\n").layout().quote()).contains('"');
    assertThat(plan("a\t12\" vinyl\nb\t7\" single\n").layout().quote()).isEmpty();
  }

  @Test
  void timesMayStandWhereRatingsDo() throws IOException {
    assertThat(found(plan("a b 978300760\nc d 978300761\n"))).endsWith("no header | 1 2 - 3");
    assertThat(found(plan("a,b,2015-06-30\nc,d,2015-07-01\n"))).endsWith("| 1 2 - 3");
  }

  @Test
  void columnsAreNamedOrNumbered() throws IOException {
    ReadOptions read =
        new ReadOptions(
            Optional.of("|"),
            Optional.empty(),
            Optional.of(false),
            1,
            StandardCharsets.UTF_8,
            Optional.of("5"),
            Optional.of("2"),
            Optional.of("none"),
            Optional.of("3"),
            false);

    assertThat(found(plan("# a comment\nx|i1|2010-10-19T23:55:27Z|30.23|u1\n", read)))
        .isEqualTo("delimited text, separator '|', no quotes, no header, 1 line skipped | 5 2 - 3");
  }

  @Test
  void whatCannotBeToldIsAsked() {
    assertThatThrownBy(() -> plan("0\t2010-10-19T23:55:27Z\t30.2\t-97.7\t22847\n"))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            folder.resolve("file")
                + ": which column has the users? say it with --user-column; there are 1 ('0'),"
                + " 2 ('2010-10-19T23:55:27Z'), 3 ('30.2'), 4 ('-97.7'), 5 ('22847')");
    // Sessions of a shop with the time before the item.
    assertThatThrownBy(() -> plan("1,2014-04-07T10:51:09.277Z,214536502,0\n"))
        .hasMessageContaining("which column has the items? say it with --item-column")
        .hasMessageContaining("2 ('2014-04-07T10:51:09.277Z')");
    assertThatThrownBy(() -> plan("2014-04-07,u,i\n"))
        .hasMessageContaining("which column has the users?");
    assertThatThrownBy(() -> plan("{\n  \"userId\": 1,\n  \"itemId\": 2\n}\n"))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            folder.resolve("file")
                + ":1: is not a JSON object with values; each line is to hold a whole one");
    assertThatThrownBy(() -> plan("{\"userId\": 1, \"thing\": 2}\n"))
        .hasMessageContaining("which column has the items?")
        .hasMessageContaining("thing ('2')");
    assertThatThrownBy(() -> plan("0 1 2 3\n1 4\n2 5 6 7 8\n"))
        .hasMessageContaining("looks like 'user item item ...'");
    assertThatThrownBy(() -> plan("onecolumn\nonly\n")).hasMessageContaining("--sep");
    assertThatThrownBy(() -> plan("[{\"user\": 1}]\n")).hasMessageContaining("JSON array");
    assertThatThrownBy(() -> plan("\n\n")).hasMessageContaining("has no lines");
    assertThatThrownBy(() -> plan("PAR1xyz\n")).hasMessageContaining("Parquet");
    assertThatThrownBy(() -> plan("PK\u0003\u0004xyz\n")).hasMessageContaining("zip archive");
  }

  private static ReadOptions users(
      String column, Optional<Boolean> header, Optional<String> quote) {
    return new ReadOptions(
        Optional.empty(),
        quote,
        header,
        0,
        StandardCharsets.UTF_8,
        Optional.ofNullable(column),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static ReadOptions users(String column) {
    return users(column, Optional.empty(), Optional.empty());
  }

  @Test
  void ofColumnsOfOneNameANumberSaysWhich() throws IOException {
    String text = "user,item,user\n1,2,3\n";

    for (ReadOptions read : List.of(ReadOptions.GUESS, users("user"))) {
      assertThatThrownBy(() -> plan(text, read))
          .isInstanceOf(ImportException.class)
          .hasMessage(
              folder.resolve("file")
                  + ":1: has several columns 'user'; say which one by its number, from 1");
    }
    assertThat(plan(text, users("3")).columns().user().index()).isEqualTo(2);
    assertThat(plan(text, users("1")).columns().user().index()).isZero();
    assertThat(found(plan("user,item,x,x\n1,2,3,4\n"))).endsWith("| user item - -");
  }

  @Test
  void keysMayHaveTheTypesOfRecBole() throws IOException {
    String text = "{\"user:token\": 1, \"item:token\": 2}\n";

    for (ReadOptions read : List.of(ReadOptions.GUESS, users("user:token"))) {
      assertThat(found(plan(text, read))).isEqualTo("JSON lines | user:token item:token - -");
    }
    assertThat(found(plan("user:token\titem:token\n1\t2\n", users("user:token"))))
        .endsWith("| user item - -");
  }

  @Test
  void aQuoteIsNoCharacterOfTheSeparator() throws IOException {
    ReadOptions read = users(null, Optional.empty(), Optional.of(";"));

    assertThatThrownBy(() -> plan("user;item\n1;2\n3;4\n", read))
        .isInstanceOf(ImportException.class)
        .hasMessage(folder.resolve("file") + ": --quote ';' is a character of the separator ';'");
    assertThat(plan("user,item\n1,2\n3,4\n", read).layout().quote()).contains(';');
  }

  @Test
  void thereAreAlwaysUsers() {
    assertThatThrownBy(() -> plan("user,item\n1,2\n", users("none")))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("--user-column 'none' is none of its columns, user, item");
  }

  @Test
  void optionsOfDelimitedTextAreNoneOfJsonLines() {
    String text = "{\"user\": 1, \"item\": 2}\n";

    assertThatThrownBy(() -> plan(text, users(null, Optional.of(false), Optional.empty())))
        .isInstanceOf(ImportException.class)
        .hasMessageEndingWith("file: --header is for delimited text, and this is JSON lines");
    assertThatThrownBy(() -> plan(text, users(null, Optional.empty(), Optional.of("'"))))
        .hasMessageEndingWith("file: --quote is for delimited text, and this is JSON lines");
  }
}
