# Why a value does not hold: one sentence a rule, saying what to do.

rule-required = Fill in this field.
rule-too-short = Enter at least { $min } characters.
rule-too-long = Use at most { $max } characters.
rule-unprintable = Remove the invisible characters; typing the text again instead of pasting it usually helps.
rule-forbidden-character = Remove the character “{ $character }”, which cannot be used here.

rule-only-special-characters = Enter a name that contains letters or digits, not only special characters.
rule-only-legal-form = Enter the full company name; a legal form such as “Ltd” is not enough on its own.
rule-repeated-character = Enter the real company name, not one character repeated.
rule-separated-characters = Enter the real company name, not single characters separated by spaces.

rule-person-name-one-character = Enter the full name, not an initial.
rule-person-name-placeholder = Enter the name of a real person, not a placeholder.
rule-person-name-without-letters = Enter a name that contains letters.

rule-email-format = Enter an email address in the form name@example.com.
rule-email-domain = Check the part after the @: it must be a complete domain, such as example.com.
rule-email-ip-address = Enter an email address with a domain name after the @, not an IP address.
rule-email-local-part-too-long = Check the part before the @: it can have at most { $max } characters.
rule-email-of-operator = Enter the customer’s own email address; addresses of this portal’s operator cannot be used.
rule-email-of-partner = Enter the customer’s own email address, not one of your company’s.

rule-domain-prefix-characters = Use only letters from a to z, digits and hyphens, without accents or spaces.
rule-domain-prefix-hyphens = Use single hyphens only, and none at the beginning or end.
rule-domain-prefix-reserved = Choose another prefix; this one is reserved.

rule-unknown-country = Choose a country from the list, or enter its two-letter ISO code.
rule-country-code-is = Use the ISO code { $code } for this country.
rule-unknown-state = Choose a state or province from the list for this country.
rule-postal-code-format = Enter a postal code like { $example }.
rule-postal-code-characters = Use only letters, digits, spaces and hyphens in the postal code.

rule-phone-characters = Enter a phone number with digits only; spaces, dots, hyphens, brackets and a leading + are fine.
rule-phone-calling-code = Enter a number of the selected country, which starts with +{ $code }.
rule-phone-length = Check the number: after the country code it must have { $digits } digits.

rule-registration-number-format = Enter a number like { $example }.
rule-registration-number-check-digit = Check the number for typing errors: it is not a valid registration number.
rule-registration-number-characters = Enter a number with digits, and letters if it has any; spaces, dots, hyphens and slashes are fine.

rule-web-address = Enter a full web address, such as https://www.example.com.
rule-linkedin-page = Enter the address of a company page on LinkedIn, such as https://www.linkedin.com/company/example.

rule-date-format = Enter a date that exists, in the form YYYY-MM-DD.
rule-date-in-future = Enter today’s date or an earlier one.

# What is accepted but worth a second look.

advice-company-name-has-domain-ending = The name contains an internet domain ending; check that this is the exact legal name.

# What the registration number is called in each country.

registration-label-any = Company registration number
registration-label-bin-iin = BIN / IIN
registration-label-cnpj = CNPJ
registration-label-edrpou = EDRPOU code
registration-label-ein = EIN
registration-label-idno = IDNO
registration-label-inn = INN
registration-label-inn-ein-kpp = INN / EIN / KPP
registration-label-nip = Tax number (NIP)
registration-label-rif = RIF
registration-label-siren = SIREN or SIRET number
registration-label-tin = Tax identification number (TIN)
registration-label-tin-pan = TIN / PAN
registration-label-tin-vat-psn = TIN, VAT or public service number
registration-label-trn = Tax reference number (TRN)
registration-label-trn-vat = TRN / VAT number
registration-label-unp = UNP
rule-amount = Enter an amount of zero or more, such as 12500 or 12500.50.
