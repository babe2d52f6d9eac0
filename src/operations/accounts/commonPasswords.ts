/** Passwords of at least eight characters that are guessed first, in lower case. */
const guessedFirst = `
password password1 password12 password123 password1234 passw0rd passw0rd1 p@ssword p@ssw0rd p@ssword1 pa55word passwort
12345678 123456789 1234567890 12345678910 123123123 1234567891 11111111 111111111 1111111111 00000000 000000000 0123456789
87654321 987654321 9876543210 12341234 11223344 112233445566 88888888 99999999 66666666 55555555 77777777 12121212 123454321
qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwertyqwerty 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qazxsw2
q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 asdfghjk asdfghjkl asdf1234 asdfasdf zxcvbnm1 zxcvbnm123 a1b2c3d4 abcd1234 abc12345 abc123456
aa123456 aa12345678 a1234567 a12345678 a123456789 abcdefgh abcdefg1 123456789a 12345678a 123qweasd 123456qwerty 1234qwer qwer1234
iloveyou iloveyou1 iloveyou2 ilovegod sunshine sunshine1 princess princess1 football football1 baseball baseball1 superman superman1
starwars starwars1 trustno1 computer internet whatever whatever1 michelle jennifer jonathan victoria corvette mercedes midnight
letmein1 letmein123 welcome1 welcome12 welcome123 admin123 admin1234 administrator changeme changeme1 changeme123 default1 guest123
test1234 testtest test12345 login123 master123 dragon123 monkey123 shadow123 pokemon1 liverpool liverpool1 chelsea1 arsenal1
woaini1314 woaini520 5201314a 52013145 1314520a wang1234 zhang123 woaini123 li123456 nihao123 caonima123 taobao123 qq123456 qq123456789
directorai directorai1 directorai123
`;

const common = new Set(guessedFirst.split(/\s+/).filter(Boolean));

/** True for a password that anybody would try: a well-known one, or one character again and again. */
export const isCommonPassword = (password: string): boolean =>
  common.has(password.toLowerCase()) || new Set(password).size === 1;
