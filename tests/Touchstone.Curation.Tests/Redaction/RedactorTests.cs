using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Redaction;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Tests.Redaction;

public sealed class RedactorTests
{
    private static string Redact(string text, params string[] types)
    {
        var redactor = new Redactor(new() { Types = types });
        return redactor.Replace(text, redactor.Find(text));
    }

    [Theory]
    [InlineData("Write to John.Doe+tag@Mail.Example.co.uk, please.", "Write to [EMAIL], please.")]
    [InlineData("<a.b@example.org> (c@example.org); 'd@example.org'", "<[EMAIL]> ([EMAIL]); '[EMAIL]'")]
    [InlineData("用户@例子.中国 and müller@köln.de", "[EMAIL] and [EMAIL]")]
    [InlineData("@user, a@b, x@localhost, 3@4.5, foo@[1.2.3.4]", "@user, a@b, x@localhost, 3@4.5, foo@[1.2.3.4]")]
    [InlineData("one@two@three.org", "one@[EMAIL]")]
    public void E_mail_addresses_go_and_what_only_looks_alike_stays(string text, string expected) => Assert.Equal(expected, Redact(text, RedactionTypes.Email));

    [Theory]
    [InlineData("from 8.8.8.8, to 172.217.16.142:443.", "from [IP], to [IP]:443.")]
    [InlineData("192.168.1.1 10.0.0.1 127.0.0.1 100.64.0.1 169.254.1.1 224.0.0.1 203.0.113.7", "192.168.1.1 10.0.0.1 127.0.0.1 100.64.0.1 169.254.1.1 224.0.0.1 203.0.113.7")]
    [InlineData("version 1.2.3.4.5 and v8.8.8.8 and 8.8.8.08 and 300.1.1.1", "version 1.2.3.4.5 and v8.8.8.8 and 8.8.8.08 and 300.1.1.1")]
    [InlineData("[2606:4700:4700::1111]:443 and 2001:4860:4860::8888.", "[[IP]]:443 and [IP].")]
    [InlineData("at 12:34:56, std::cout, fe80::1, ::1, 2001:db8::1, fd00::17", "at 12:34:56, std::cout, fe80::1, ::1, 2001:db8::1, fd00::17")]
    [InlineData("IP:2001:4860:4860::8888 Address:2001:4860:4860::8888 src:2001:4860:4860::8888 feed:2001:4860:4860::8888", "IP:[IP] Address:[IP] src:[IP] feed:[IP]")]
    [InlineData("2001:4860:4860:0:0:0:0:8888:443, 2001:4860:4860::8888:https, 2001:4860:4860::8888.For 2606:4700::/32", "[IP]:443, [IP]:https, [IP].For [IP]/32")]
    [InlineData("IP:fd00::17, src:2001:db8::1, x2001:4860:4860::8888, fe80:2001:4860:4860::8888, at 2001:10:20", "IP:fd00::17, src:2001:db8::1, x2001:4860:4860::8888, fe80:2001:4860:4860::8888, at 2001:10:20")]
    public void Only_addresses_that_everyone_can_reach_go(string text, string expected) => Assert.Equal(expected, Redact(text, RedactionTypes.Ip));

    // Numbers that are kept for use in stories and tests: 555-01xx (ATIS), 020 7946 0xxx and 01632 (Ofcom), +33 1 99 00 (ARCEP).
    [Theory]
    [InlineData("Call (202) 555-0123 or 202-555-0199 or +1 202 555 0123.", "Call [PHONE] or [PHONE] or [PHONE].")]
    [InlineData("London 020 7946 0958, 01632 960 123; Paris +33 1 99 00 12 34", "London [PHONE], [PHONE]; Paris [PHONE]")]
    [InlineData("by day (1-202-555-0123) or [+44 1632 960123](tel:+441632960123)", "by day ([PHONE]) or [[PHONE]](tel:[PHONE])")]
    [InlineData("fax: 5550123, Tel. 960-1234", "fax: [PHONE], Tel. [PHONE]")]
    [InlineData("+44 (0)20 7946 0958", "[PHONE]")]
    [InlineData("01.02.2003 and 2003-04-05, 1,234,567.89, 12345678, 3.14159265, ISBN 978-0-306-40615-7", "01.02.2003 and 2003-04-05, 1,234,567.89, 12345678, 3.14159265, ISBN 978-0-306-40615-7")]
    [InlineData("pages 100 200 300 400, 1990-2000, 10.1000/182", "pages 100 200 300 400, 1990-2000, 10.1000/182")]
    public void Telephone_numbers_that_show_what_they_are_go(string text, string expected) => Assert.Equal(expected, Redact(text, RedactionTypes.Phone));

    // Examples of the IBAN registry.
    [Theory]
    [InlineData("GB29 NWBK 6016 1331 9268 19")]
    [InlineData("DE89370400440532013000")]
    [InlineData("NO93 8601 1117 947")]
    [InlineData("MT84 MALT 0110 0001 2345 MTLC AST0 01S")]
    [InlineData("FR14 2004 1010 0505 0001 3M02 606")]
    [InlineData("BR18 0036 0305 0000 1000 9795 493C 1")]
    public void Account_numbers_go_by_their_check_digits(string number)
    {
        Assert.Equal("to [IBAN], today", Redact($"to {number}, today", RedactionTypes.Iban));
        var wrong = number[..^1] + (number[^1] == '1' ? '2' : '1');
        Assert.Equal($"to {wrong}, today", Redact($"to {wrong}, today", RedactionTypes.Iban));
    }

    // The numbers that payment processors give out for tests.
    [Theory]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("5555-5555-5555-4444")]
    [InlineData("2223003122003222")]
    [InlineData("3782 822463 10005")]
    [InlineData("6011111111111117")]
    [InlineData("3056930009020004")]
    [InlineData("30569309025904")]
    [InlineData("3566002020360505")]
    public void Card_numbers_go_by_issuer_and_check_digit(string number)
    {
        Assert.Equal("card [CREDIT_CARD].", Redact($"card {number}.", RedactionTypes.CreditCard));
        var wrong = number[..^1] + (char)('0' + (number[^1] - '0' + 1) % 10);
        Assert.Equal($"card {wrong}.", Redact($"card {wrong}.", RedactionTypes.CreditCard));
    }

    [Theory]
    [InlineData("AKIA", "IOSFODNN7EXAMPLQ")]
    [InlineData("ghp_", "16C7e42F292c6912E7710c838347Ae178B4a")]
    [InlineData("glpat-", "x1y2z3a4b5c6d7e8f9g0")]
    [InlineData("xoxb-", "123456789012-abcdefABCDEF123456")]
    [InlineData("AIza", "SyA1234567890abcdefghijklmnopqrstuv")]
    [InlineData("hf_", "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3f")]
    [InlineData("eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U")]
    public void Keys_of_services_go_by_their_prefix(string prefix, string rest)
    {
        Assert.Equal("token=\"[API_KEY]\"", Redact($"token=\"{prefix}{rest}\"", RedactionTypes.ApiKey));
        Assert.Equal($"token=\"{prefix}...\"", Redact($"token=\"{prefix}...\"", RedactionTypes.ApiKey));
    }

    [Fact]
    public void Private_keys_go_with_their_armour_and_public_ones_stay()
    {
        var key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----";
        Assert.Equal("x [PRIVATE_KEY] y", Redact($"x {key} y", RedactionTypes.PrivateKey));
        Assert.Equal("[PRIVATE_KEY] cut off", Redact("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\nZXktdjEA cut off", RedactionTypes.PrivateKey));
        Assert.Equal(key.Replace("PRIVATE", "PUBLIC"), Redact(key.Replace("PRIVATE", "PUBLIC"), RedactionTypes.PrivateKey));
    }

    [Fact]
    public void Listed_names_go_where_they_are_words()
    {
        var redactor = new Redactor(new() { Types = [RedactionTypes.Name], Names = ["Ann", "Ann Lee", "Øster", " "] });
        const string text = "Ann Lee met Ann; Annabel and Øster did not. JoAnn?";
        Assert.Equal("[NAME] met [NAME]; Annabel and [NAME] did not. JoAnn?", redactor.Replace(text, redactor.Find(text)));
    }

    [Fact]
    public void Clinical_text_loses_what_rules_can_recognise()
    {
        var note = "Patient: Mary O'Neil, 93-year-old, MRN: 00482913, SSN 219-09-9999, seen 03/14/2019 by Dr. Alan B. Smith. Lives at 12 North Elm Street, Apt 4, Boston, MA 02118. "
            + "Policy #AB-1234567; account no. 99887766; license number D1234567. Admitted March 3, 2019, discharged 5 April. VIN 1M8GDM9AXKP042788. Serial number SN-20394. "
            + "Call 617-555-0142 or see https://example.org/p?id=7. Blood pressure 120/80, 45 years, 2 mg, year 2019.";
        var redacted = Redact(note, [.. RedactionTypes.SafeHarbor]);
        foreach (var gone in new[] { "93", "00482913", "219-09", "03/14", "Smith", "Elm", "02118", "1234567", "99887766", "D1234567", "March", "April", "1M8GDM", "20394", "617-555", "example.org" })
            Assert.DoesNotContain(gone, redacted, StringComparison.Ordinal);
        Assert.EndsWith("Blood pressure 120/80, 45 years, 2 mg, year 2019.", redacted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Executive Order 13571, case 404:, policykit-1-gnome, group1-shard1of5, OrdersV1Response, dea ths-2016")]
    [InlineData("Case 124. Device 002: ID x; usb 2-1: device v17ef, in chart 12, visit 2019")]
    public void Words_that_stand_before_other_numbers_announce_none_without_a_mark(string text) => Assert.Equal(text, Redact(text, [.. RedactionTypes.SafeHarbor]));

    [Theory]
    [InlineData("Case no. 2019-0042; order #A1234; Group ID: 77-1234; chart: C20394", "Case no. [IDENTIFIER]; order #[IDENTIFIER]; Group ID: [HEALTH_PLAN]; chart: [MEDICAL_RECORD]")]
    [InlineData("[https://example.org/a](https://example.org/b)", "[[URL]]([URL])")]
    public void Labelled_numbers_and_addresses_go_without_what_is_around_them(string text, string expected) => Assert.Equal(expected, Redact(text, [.. RedactionTypes.SafeHarbor]));

    [Theory]
    [InlineData("tel 030 4111 1111 1111 1111 now", "tel [CREDIT_CARD] now")]
    [InlineData("a@b.org/c@d.org a@b.org,c@d.org", "[EMAIL] [EMAIL],[EMAIL]")]
    [InlineData("+44 20 7946 0958 219 4111111111111111", "[PHONE] [CREDIT_CARD]")]
    public void Of_numbers_that_overlap_nothing_stays(string text, string expected) => Assert.Equal(expected, Redact(text, [.. RedactionTypes.General]));

    [Fact]
    public void Of_names_that_overlap_nothing_stays()
    {
        var redactor = new Redactor(new() { Types = [RedactionTypes.Name], Names = ["Ann Lee", "Lee Smith", "Bob", "Bob Ray"] });
        const string text = "Ann Lee Smith met Bob Ray and Bob Roy";
        Assert.Equal("[NAME] met [NAME] and [NAME] Roy", redactor.Replace(text, redactor.Find(text)));
    }

    [Fact]
    public void The_step_counts_each_type_and_keeps_a_text_without_any()
    {
        var step = new RedactStep(new());
        var document = new Document { Id = "1", Text = "a@example.org, b@example.org and 8.8.8.8" };
        var text = new WorkingText();
        text.Begin(document.Text);
        Assert.Equal("[EMAIL], [EMAIL] and [IP]", step.Judge(document, text).Text);
        Assert.Equal([new("redacted_email", 2), new("redacted_ip", 1)], document.Findings!);

        text.Begin("nothing here, 1.5 times");
        Assert.Equal(Verdict.Kept, step.Judge(new Document { Id = "2", Text = text.Text }, text));
    }

    [Fact]
    public void What_is_sealed_under_a_key_comes_back_under_it_alone()
    {
        using var key = new RedactionKey(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        using var other = new RedactionKey(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());
        var redactor = new Redactor(new() { Types = RedactionTypes.General, Key = key });
        const string text = "müller@köln.de wrote to 8.8.8.8; müller@köln.de again [EMAIL]";
        var redacted = redactor.Replace(text, redactor.Find(text));
        Assert.DoesNotContain("ller@", redacted, StringComparison.Ordinal);
        Assert.Equal(redacted, redactor.Replace(text, redactor.Find(text)));
        Assert.Equal(2, redacted.Split(key.Seal("email", "müller@köln.de")).Length - 1);
        Assert.Equal((text, 3, 0), key.Restore(redacted));
        Assert.Equal((redacted, 0, 3), other.Restore(redacted));
        var sign = key.Seal("email", "a@example.org");
        foreach (var changed in (string[])[$"[EMAIL:{sign[..^1]}]", $"[EMAIL:{(sign[0] == 'A' ? 'B' : 'A')}{sign[1..]}]", $"[EMAIL:{sign} ", $"[PHONE:{sign}]"]) Assert.Equal((changed, 0, 1), key.Restore(changed));
        foreach (var plain in (string[])["[NOTE:" + sign + "]", "[EMAIL:short]", "[URL:http://example.org/a]", "[1]"]) Assert.Equal((plain, 0, 0), key.Restore(plain));
        Assert.Throws<ArgumentException>(() => new RedactionKey(new byte[31]));
    }

    [Fact]
    public void Finds_lie_in_order_and_apart_and_the_rest_of_the_text_is_as_it_was()
    {
        var redactor = new Redactor(new() { Types = RedactionTypes.SafeHarbor, Names = ["Ann"] });
        var pieces = Gen.Elements("Ann ", "a@b.org", "8.8.8.8", " ", "+1 202 555 0123", "4242424242424242", "GB29NWBK60161331926819", "-----BEGIN PRIVATE KEY-----", "12/03/2019", "Dr. Who", ".", "(", "7", "é", "\uD800", "https://x.org/", "::", "2606:4700::1", "eyJ", "MRN 123456");
        Prop.ForAll(pieces.ListOf().Select(p => string.Concat(p)).ToArbitrary(), text =>
        {
            var spans = redactor.Find(text);
            var end = 0;
            foreach (var span in spans)
            {
                Assert.InRange(span.Start, end, text.Length);
                Assert.True(span.Length > 0);
                end = span.End;
            }

            Assert.InRange(end, 0, text.Length);
            Assert.Equal(spans.Count == 0, ReferenceEquals(text, redactor.Replace(text, spans)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(30));
    }

    [Theory]
    [InlineData("a.")]
    [InlineData("a@")]
    [InlineData("1 ")]
    [InlineData("12-")]
    [InlineData(":1")]
    [InlineData("2001:")]
    [InlineData("::")]
    [InlineData("eyJ.")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("GB29")]
    [InlineData("A Street ")]
    [InlineData("MRN ")]
    public void A_million_signs_of_any_shape_do_not_take_the_square_of_the_time(string piece)
    {
        var redactor = new Redactor(new() { Types = RedactionTypes.SafeHarbor, Names = ["Ann"] });
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        redactor.Find(text);

        // Linear it takes a second or two and a quarter of a minute on a machine that is busy twenty times over; by the square it would take hours.
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(3), $"{clock.Elapsed}");
    }

    [Fact]
    public void Names_and_key_may_come_from_files_and_lists_of_types_by_name()
    {
        using var folder = new Testing.TemporaryFolder();
        File.WriteAllText(folder["names"], "Ann Lee\n\nBob\n");
        File.WriteAllBytes(folder["key"], new byte[32]);
        var redactor = new Redactor(new() { Types = ["general", "name"], NamesFile = folder["names"], KeyFile = folder["key"] });
        const string text = "Ann Lee and Bob: +1 202 555 0123";
        var redacted = redactor.Replace(text, redactor.Find(text));
        Assert.Matches(@"^\[NAME:[\w-]+\] and \[NAME:[\w-]+\]: \[PHONE:[\w-]+\]$", redacted);
        using var key = new RedactionKey(new byte[32]);
        Assert.Equal((text, 3, 0), key.Restore(redacted));
    }

    [Fact]
    public void A_type_that_is_none_is_refused_by_name()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new Redactor(new() { Types = ["emails"] }));
        Assert.Contains("«emails»", refusal.Message, StringComparison.Ordinal);
    }
}
