using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Redaction;

namespace Touchstone.Curation.Tests.Redaction;

/// <summary>Numbers that stand in rows, beside others and within each other: none may stay, in whole or in part.</summary>
public sealed partial class RedactedRowsTests
{
    private static readonly Redactor s_general = new(new() { Types = RedactionTypes.General });
    private static readonly Redactor s_clinical = new(new() { Types = RedactionTypes.SafeHarbor });

    private static string Redact(Redactor redactor, string text) => redactor.Replace(text, redactor.Find(text));

    [Theory]
    [InlineData("4111111111111111 5555555555554444", "[CREDIT_CARD] [CREDIT_CARD]")]
    [InlineData("4111111111111111/5555555555554444/4012888888881881.", "[CREDIT_CARD]/[CREDIT_CARD]/[CREDIT_CARD].")]
    [InlineData("4111 1111 1111 1111 5555 5555 5555 4444 4012 8888 8888 1881", "[CREDIT_CARD] [CREDIT_CARD] [CREDIT_CARD]")]
    [InlineData("4111-1111-1111-1111-5555-5555-5555-4444 and 3782 822463 10005 4012.8888.8888.1881", "[CREDIT_CARD]-[CREDIT_CARD] and [CREDIT_CARD] [CREDIT_CARD]")]
    [InlineData("202-555-0143 202-555-0144 202-555-0145", "[PHONE] [PHONE] [PHONE]")]
    [InlineData("202-555-0143/202-555-0144,202.555.0145-(202) 555-0146", "[PHONE]/[PHONE],[PHONE]-[PHONE]")]
    [InlineData("01632 960123 01632 960124/020 7946 0958 0044 20 7946 0958", "[PHONE] [PHONE]/[PHONE] [PHONE]")]
    [InlineData("+1 202 555 0143 +44 20 7946 0958,+12025550145", "[PHONE] [PHONE],[PHONE]")]
    public void Each_number_of_a_row_goes(string text, string expected) => Assert.Equal(expected, Redact(s_general, text));

    [Theory]
    [InlineData("1 2 3 4 5 6 7 8 9 10 4111 1111 1111 1111", "1 2 3 4 5 6 7 8 9 10 [CREDIT_CARD]")]
    [InlineData("Room 12 203-555-0100 and 12:00:00 203-555-0100", "Room 12 [PHONE] and 12:00:00 [PHONE]")]
    [InlineData("3 01632 960 123, 7-202-555-0143-9", "3 [PHONE], 7-[PHONE]-9")]
    [InlineData("from 202-555-0143x12 or 202-555-0144 ext. 5", "from [PHONE]x12 or [PHONE] ext. 5")]
    public void Other_numbers_on_the_line_hide_none(string text, string expected) => Assert.Equal(expected, Redact(s_general, text));

    [Theory]
    [InlineData("DOB 01/02/1980 123-45-6789", "DOB [DATE] [SSN]")]
    [InlineData("219-09-9999 219-09-9998", "[SSN] [SSN]")]
    [InlineData("219-09-9999-219-09-9998/219 09 9997", "[SSN]-[SSN]/[SSN]")]
    [InlineData("Room 12 123-45-6789 x", "Room 12 [SSN] x")]
    [InlineData("SSN 078-05-1120", "SSN [SSN]")]
    [InlineData("10 078-05-1120 4111 1111 1111 1111 202-555-0143", "10 [SSN] [CREDIT_CARD] [PHONE]")]
    public void Social_security_numbers_go_beside_others(string text, string expected) => Assert.Equal(expected, Redact(s_clinical, text));

    [Theory]
    [InlineData("2003-04-05 1234 567 and 1 012 345 678 and 10,012 345 678 and 3.0141 592 65")]
    [InlineData("12:05:09 2035-5501, 2021-03-14 12:00:00, 31/01/2003 100, 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16")]
    [InlineData("pages 100-200, 300-400; 12.5 % of 1,234,567; version 10.0.301; 1990-2000 2000-2010 2010-2020")]
    [InlineData("4111 1111 1111 1112 and 4111111111111112 and 1111 4111 1111 1112")]
    public void Dates_amounts_and_counts_in_rows_stay(string text) => Assert.Equal(text, Redact(s_general, text));

    [Fact]
    public void Of_many_numbers_that_any_usual_sign_joins_none_stays_in_whole_or_in_part()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var kind = random.Next(Kinds.Length + 1);
            var joint = Joints[random.Next(Joints.Length)];
            var row = string.Join(joint, Enumerable.Range(0, random.Next(1, 12)).Select(_ => Kinds[kind < Kinds.Length ? kind : random.Next(Kinds.Length)](random)));
            var text = $"Rows: {row} end here.";
            var redacted = Redact(s_clinical, text);
            var rest = Placeholder().Replace(redacted, "");
            Assert.True(redacted.StartsWith("Rows: [", StringComparison.Ordinal) && redacted.EndsWith("] end here.", StringComparison.Ordinal), $"{seed}: {text} became {redacted}");
            // A bracket or a dot of a number that begins within another one says nothing of it.
            Assert.True(!rest["Rows: ".Length..^" end here.".Length].Replace(joint, "", StringComparison.Ordinal).Any(char.IsLetterOrDigit), $"{seed}: {text} became {redacted}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_text_without_any_is_as_it_was()
    {
        Func<Random, string>[] pieces =
        [
            r => Number(r, 1, 100), r => Number(r, 1, 13) + ":" + Number(r, 10, 60), r => Number(r, 100, 1000) + " men", r => Number(r, 1500, 2030) + " and", r => "$" + Number(r, 1, 999) + ".50",
            r => Number(r, 1, 99) + " %", r => Number(r, 1, 9) + "." + Number(r, 1, 999), r => Number(r, 1, 99) + "," + Number(r, 100, 999) + " of", _ => "Chapter", _ => "(see", _ => "IP:", _ => "call me", _ => "a/b", _ => "12345678 or",
            r => "2021-03-" + Number(r, 10, 28) + " at", r => Number(r, 1, 9) + "/" + Number(r, 10, 99), _ => "ISBN 978-0-306-40615-7 is", _ => "std::cout << 2001:10", _ => "v1.2.3.4.5", _ => "0x7fff", _ => "@home", _ => "é",
        ];
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var text = string.Join(random.Next(3) == 0 ? ", " : " ", Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)](random)));
            Assert.Equal(text, Redact(s_general, text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static readonly string[] Joints = [" ", "  ", "/", " / ", "-", " - ", ",", ", ", ";", "; ", "|", " | ", "\n", "\r\n", "\t", ":", "=", "\u00A0", " and ", ")(", "\u2013", "\u3001"];

    private static readonly Func<Random, string>[] Kinds = [Card, American, WithPlus, WithZero, SocialSecurity, Account, Four, Six, Mail];

    private static string Number(Random random, int from, int to) => random.Next(from, to).ToString(CultureInfo.InvariantCulture);

    private static string Digits(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => Number(random, 0, 10)));

    private static string Card(Random random)
    {
        var digits = random.Next(5) switch
        {
            0 => "5" + Number(random, 1, 6) + Digits(random, 13),
            1 => "37" + Digits(random, 12),
            2 => "6011" + Digits(random, 11),
            _ => "4" + Digits(random, 14),
        };
        digits += Enumerable.Range(0, 10).Select(d => d.ToString(CultureInfo.InvariantCulture)).Single(d => PaymentCards.HasCheckDigit(digits + d));
        var joint = random.Next(3) switch { 0 => "", 1 => " ", _ => "-" };
        return digits.Length == 15 ? string.Join(joint, digits[..4], digits[4..10], digits[10..]) : string.Join(joint, digits.Chunk(4).Select(c => new string(c)));
    }

    private static string American(Random random)
    {
        var (area, exchange, line) = (Number(random, 200, 1000), Number(random, 200, 1000), Digits(random, 4));
        return random.Next(4) switch { 0 => $"({area}) {exchange}-{line}", 1 => $"{area}.{exchange}.{line}", 2 => $"{area} {exchange} {line}", _ => $"{area}-{exchange}-{line}" };
    }

    private static string WithPlus(Random random) => random.Next(3) switch
    {
        0 => "+44 20 7946 " + Digits(random, 4),
        1 => "+1" + Number(random, 200, 1000) + Number(random, 200, 1000) + Digits(random, 4),
        _ => "+33 1 99 00 " + Number(random, 10, 100) + " " + Number(random, 10, 100),
    };

    private static string WithZero(Random random) => random.Next(3) switch
    {
        0 => "020 7946 " + Digits(random, 4),
        1 => "01632 960" + Digits(random, 3),
        _ => "0044 20 7946 " + Digits(random, 4),
    };

    private static string SocialSecurity(Random random) => $"{Number(random, 100, 600)}-{Number(random, 10, 100)}-{Number(random, 1000, 10000)}";

    private static string Account(Random random)
    {
        var body = Digits(random, 18);
        var check = 98 - (int)(BigInteger.Parse(body + "131400", CultureInfo.InvariantCulture) % 97); // D and E are 13 and 14
        var number = $"DE{check:00}{body}";
        return random.Next(2) == 0 ? number : string.Join(' ', number.Chunk(4).Select(c => new string(c)));
    }

    private static string Four(Random random) => $"{Number(random, 11, 100)}.{Number(random, 1, 256)}.{Number(random, 1, 256)}.{Number(random, 1, 256)}";

    private static string Six(Random random) => random.Next(2) == 0 ? $"2a00:1450:4001:8{Digits(random, 2)}::200e" : $"2606:4700:{Number(random, 1, 9999)}:0:0:0:{Digits(random, 4)}:1111";

    private static string Mail(Random random) => $"user{Number(random, 1, 99)}@mail{Number(random, 1, 99)}.example.org";

    [GeneratedRegex(@"\[[A-Z_]+\]")]
    private static partial Regex Placeholder();
}
